/**
 * A colleague's change arrives: the socket says only "task 7 changed", and what shows task 7 asks again by HTTP.
 * `<div data-live="work-item:7 unit:3" hx-get="…" hx-trigger="refresh" hx-swap="innerMorph">`; `kind:*` hears all of a kind.
 * What came later and stands in such an element says what it shows itself: `<a data-shows="work-item:7">`.
 * Without a socket the same elements ask every minute.
 * What changed between a page and its line is told when the line comes: `<body data-line="…">` says since when.
 */
import htmx from "htmx.org";
import { covered, ended } from "./ended";
import { touched } from "./keep";

interface Hint {
  kind: string;
  id: number | string;
  version: number | null;
}

const REST = 150;
const MINUTE = 60_000;
const POLL = 15_000;
const OWN = 5_000;
const HEADS = "/conversations/heads";
const pending = new Map<Element, ReturnType<typeof setTimeout>>();
/** When this page itself last noted how far one read, by the address to which it did. */
const noted = new Map<string, number>();
let connected = false;
let asked = Date.now();

/** Ask again, once, a little later: many hints become one question, and many people do not ask in the same instant. */
function refresh(element: Element, spread: number): void {
  if (pending.has(element)) return;
  const later = setTimeout(
    () => {
      pending.delete(element);
      if (!element.isConnected) return;
      if (document.visibilityState === "hidden" || covered()) {
        asked = 0;
        return;
      }
      htmx.trigger(element, "refresh", {}, false);
    },
    REST + Math.random() * spread,
  );
  pending.set(element, later);
}

function hear(hint: Hint): void {
  const { kind, id, version } = hint;
  for (const element of document.querySelectorAll<HTMLElement>(`[data-live~="${CSS.escape(kind)}\\:${CSS.escape(String(id))}"],[data-live~="${CSS.escape(kind)}\\:\\*"]`)) {
    const known = Number(element.dataset["version"]);
    if (version !== null && known >= version) continue;
    refresh(element, 250);
  }
  for (const part of document.querySelectorAll(`[data-shows="${CSS.escape(kind)}\\:${CSS.escape(String(id))}"]`)) {
    const around = part.closest("[data-live]");
    if (around) refresh(around, 250);
  }
  document.dispatchEvent(new CustomEvent("hint", { detail: hint }));
}

/** Ask for everything live on the page: after a cut, after the tab was away, or every minute without a socket. */
function all(spread: number): void {
  asked = Date.now();
  for (const element of document.querySelectorAll("[data-live]")) {
    if (!element.parentElement?.closest("[data-live]")) refresh(element, spread);
  }
}

interface Head {
  kind: string;
  id: number;
  last_seq: number;
  read_seq: number;
}

let tag = "";
let heads: Map<string, string> | null = null;

/** Without a line: which conversations moved on since the last time is told as if the line had told it. */
async function poll(): Promise<void> {
  if (connected || document.visibilityState === "hidden" || !navigator.onLine) return;
  const answer = await fetch(HEADS, { headers: { Accept: "application/json", ...(tag && { "If-None-Match": tag }) }, cache: "no-store" });
  if (answer.redirected) return ended();
  if (!answer.ok) return;
  tag = answer.headers.get("ETag") ?? "";
  const { items } = (await answer.json()) as { items: Head[] };
  const now = new Map(items.map((one) => [`${one.kind}-talk:${one.id}`, `${one.last_seq}:${one.read_seq}`]));
  const before = heads;
  heads = now;
  // How they stood when the page was made is not known: once, everything is asked for.
  if (!before) return all(2000);
  for (const [talk, head] of now) {
    if (before.get(talk) === head) continue;
    const [kind = "", id = ""] = talk.split(":");
    hear({ kind, id, version: null });
  }
  hear({ kind: "conversations", id: "mine", version: null });
}

async function connect(): Promise<void> {
  const { io } = await import("socket.io-client");
  let before = false;
  const socket = io({
    transports: ["websocket"],
    withCredentials: true,
    auth: (say) => say(before ? {} : { since: Number(document.body.dataset["line"]) }),
    reconnectionDelay: 1000,
    reconnectionDelayMax: 30_000,
    randomizationFactor: 0.8,
  });
  // Where no line can be had (a proxy that forbids it), plain questions for the heads stand in.
  setInterval(() => void poll().catch(() => undefined), POLL);
  socket.on("connect", () => {
    connected = true;
    dispatchEvent(new Event("line:back"));
    if (before) all(2000);
    before = true;
  });
  socket.on("disconnect", (why) => {
    connected = false;
    // The server itself ended the line: it does so where nobody sits there any more.
    if (why === "io server disconnect") void ended();
  });
  // Somebody with very many pages open is refused a line for now: this page asks, and tries again later.
  socket.on("connect_error", (refused: Error & { data?: { retry_after?: number } }) => {
    if (!heads) void poll().catch(() => undefined);
    const later = refused.data?.retry_after;
    if (later) setTimeout(() => socket.connect(), later * 1000);
    else if (!socket.active) void ended();
  });
  document.addEventListener("session:back", () => {
    socket.connect();
    all(500);
  });
  socket.on("hint", hear);
  // The server does not know what this page may have missed.
  socket.on("missed", () => all(5000));
  // What was said is a hint to those who show its talk and to the list.
  socket.on("message", ({ owner }: { owner: { kind: string; id: number } }) => {
    hear({ kind: `${owner.kind}-talk`, id: owner.id, version: null });
    hear({ kind: "conversations", id: "mine", version: null });
  });
  // What one read in another browser is no longer unread here.
  socket.on("read", ({ conversation }: { conversation: number }) => {
    if (Date.now() - (noted.get(`/conversations/${conversation}/read-state`) ?? 0) > OWN) hear({ kind: "conversations", id: "mine", version: null });
  });
  for (const name of ["message", "presence", "typing"]) {
    socket.on(name, (detail: unknown) => document.dispatchEvent(new CustomEvent(`line:${name}`, { detail })));
  }
  document.addEventListener("line:say", (event) => {
    const { name, data } = (event as CustomEvent<{ name: "typing" | "seen"; data: unknown }>).detail;
    if (connected) socket.volatile.emit(name, data);
  });
  addEventListener("online", () => socket.connect());
  // A page kept for the back button must not keep a line open.
  addEventListener("pagehide", () => socket.disconnect());
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    socket.connect();
    all(500);
  });
}

/**
 * A menu that is open is not pulled away from under the hand: what came is asked for again once it closes. Nor is a form
 * in which somebody typed, where the whole of it might go (`data-untouched`).
 */
function wait(event: Event): void {
  const element = event.target;
  if (!(element instanceof Element) || !element.matches("[data-live]")) return;
  if (element.matches("[data-untouched]") && [...element.querySelectorAll("input,textarea")].some(touched)) return event.preventDefault();
  const menu = element.querySelector(":popover-open");
  if (!menu) return;
  event.preventDefault();
  menu.addEventListener("toggle", () => refresh(element, 0), { once: true });
}

export function start(): void {
  document.addEventListener("htmx:before:swap", wait);
  document.addEventListener("htmx:before:request", (event) => {
    const address = event.target instanceof Element ? event.target.getAttribute("hx-put") : null;
    if (address?.endsWith("/read-state")) noted.set(address, Date.now());
  });
  if (!document.body.hasAttribute("data-line")) return;
  const calm = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 300));
  calm(() => void connect().catch(() => undefined));
  setInterval(() => {
    if (!connected && document.visibilityState === "visible" && navigator.onLine) all(5000);
  }, MINUTE);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - asked > MINUTE) all(1000);
  });
}
