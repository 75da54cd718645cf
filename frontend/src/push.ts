/**
 * Pop-ups in this browser. `<form data-push="KEY">` with `endpoint`, `p256dh`, `auth` and a button is hidden until the
 * browser can do it; pressing asks the browser, then sends what it gave. Beside it `[data-push-cannot]` and
 * `[data-push-denied]` say why not. After signing in anew a browser in which it was on is told to the house again.
 */

let worker: Parameters<ServiceWorkerContainer["register"]>[0];
const TOLD = "push-told";
const HOUSE = "/api/v1/me/push-subscriptions";
/** Milliseconds for the service of the browser's maker: a browser that cannot reach it waits for ever. */
const PATIENCE = 20_000;

function can(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

async function subscription(key: string): Promise<PushSubscription> {
  await navigator.serviceWorker.register(worker);
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  if (known && encoded(known.options.applicationServerKey) === key) return known;
  await known?.unsubscribe();
  return inTime(pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
}

function inTime<T>(asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE, new Error("no answer"));
    asked.then(resolve, reject);
  });
}

function encoded(raw: ArrayBuffer | null): string {
  const text = String.fromCharCode(...new Uint8Array(raw ?? new ArrayBuffer(0)));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function given(one: PushSubscription): Record<string, string> {
  const { endpoint = "", keys = {} } = one.toJSON();
  return { endpoint, p256dh: keys["p256dh"] ?? "", auth: keys["auth"] ?? "" };
}

async function turnOn(form: HTMLFormElement): Promise<void> {
  const one = await subscription(form.dataset["push"] ?? "");
  for (const [name, value] of Object.entries(given(one))) {
    (form.elements.namedItem(name) as HTMLInputElement).value = value;
  }
  localStorage.setItem("push", document.body.dataset["me"] ?? "");
  sessionStorage.setItem(TOLD, "1");
  form.requestSubmit();
}

/** Once in each tab: the browser may have signed in anew, and then the house knows nothing of it. What was turned off
 * elsewhere stays off; with a new key of the house the browser subscribes anew, if the house did not say so. */
async function tellAgain(): Promise<void> {
  const me = document.body.dataset["me"];
  if (!me || localStorage.getItem("push") !== me || sessionStorage.getItem(TOLD) || Notification.permission !== "granted") return;
  sessionStorage.setItem(TOLD, "1");
  const registration = await navigator.serviceWorker.getRegistration(String(worker));
  const one = await registration?.pushManager.getSubscription();
  if (!one) return;
  const house = await fetch(HOUSE);
  if (!house.ok) return;
  const { application_key: key } = (await house.json()) as { application_key: string };
  if (!(await told(one))) return localStorage.removeItem("push");
  if (encoded(one.options.applicationServerKey) !== key) await told(await subscription(key));
}

/** Tells the house of this browser; false where it is turned off there. */
async function told(one: PushSubscription): Promise<boolean> {
  const csrf = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
  const body = JSON.stringify({ ...given(one), again: true });
  return (await fetch(HOUSE, { method: "POST", headers, body })).status !== 409;
}

/** `address`: that of the service worker, as the page's policy lets it be. */
export function begin(address: typeof worker): void {
  worker = address;
  if (can()) void tellAgain().catch(() => undefined);
  document.addEventListener("submit", (event) => {
    const form = (event.target as Element).closest?.<HTMLFormElement>("form[data-push-off]");
    if (form) localStorage.removeItem("push");
  });
  const form = document.querySelector<HTMLFormElement>("form[data-push]");
  if (!form) return;
  const show = (name: string): void => document.querySelector(`[data-push-${name}]`)?.removeAttribute("hidden");
  if (!can()) return show("cannot");
  if (Notification.permission === "denied") return show("denied");
  form.hidden = false;
  const button = form.querySelector<HTMLButtonElement>("button");
  button?.addEventListener("click", () => {
    button.disabled = true;
    turnOn(form)
      .catch(() => show(Notification.permission === "granted" ? "failed" : "denied"))
      .finally(() => (button.disabled = false));
  });
}
