/** Shows pop-ups while no page is open, and opens the page that one is about. Keeps nothing and answers no requests. */
interface Said {
  title: string;
  body: string;
  href: string;
  tag: string;
  lang: string;
  dir: "ltr" | "rtl";
}

interface Waiting extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Pushed extends Waiting {
  data: { json(): unknown } | null;
}

interface Pressed extends Waiting {
  notification: Notification;
}

interface Page {
  url: string;
  focus(): Promise<unknown>;
  navigate(address: string): Promise<unknown>;
}

interface Worker {
  addEventListener(type: "push", then: (event: Pushed) => void): void;
  addEventListener(type: "notificationclick", then: (event: Pressed) => void): void;
  registration: ServiceWorkerRegistration;
  clients: { matchAll(which: object): Promise<Page[]>; openWindow(address: string): Promise<unknown> };
  location: Location;
}

const worker = self as unknown as Worker;

worker.addEventListener("push", (event) => {
  const said = event.data?.json() as Said | undefined;
  if (!said) return;
  const { title, body, tag, lang, dir, href } = said;
  event.waitUntil(worker.registration.showNotification(title, { body, tag, lang, dir, data: href }));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

/** In the page that is open already, else in a new one; never on another site. */
async function open(href: string): Promise<unknown> {
  const address = new URL(href, worker.location.origin);
  if (address.origin !== worker.location.origin) return undefined;
  const [page] = await worker.clients.matchAll({ type: "window" });
  if (!page) return worker.clients.openWindow(address.href);
  await page.focus();
  return page.navigate(address.href);
}
