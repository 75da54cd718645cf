/** Shows pop-ups while no page is open, and opens the page that one is about. Keeps nothing and answers no requests. */
interface Said {
  title: string;
  body: string;
  href: string;
  page: string;
  tag: string;
  lang: string;
  dir: "ltr" | "rtl";
}

/** The address that leads to a page, and the address of that page. */
type Where = Pick<Said, "href" | "page">;

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
  const { title, body, tag, lang, dir, href, page } = said;
  event.waitUntil(worker.registration.showNotification(title, { body, tag, lang, dir, data: { href, page } }));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data as Where));
});

/** In the window that shows that page already, else in a new one: what is half written elsewhere stays. Never on another
 * site. */
async function open({ href, page }: Where): Promise<unknown> {
  const address = new URL(href, worker.location.origin);
  if (address.origin !== worker.location.origin) return undefined;
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const shown = windows.find(({ url }) => [page, href].includes(new URL(url).pathname));
  return shown ? shown.focus() : worker.clients.openWindow(address.href);
}
