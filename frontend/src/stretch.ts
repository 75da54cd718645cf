/**
 * The stretch of a talk that an open page asks for anew. What was read long ago moves out of it, into what is read and no
 * longer asked for; so an open page has every message once, however many are said while it is open.
 * `#talk-messages` is asked for from its first message on, `#talk-past` stands above it.
 */
import htmx from "htmx.org";

const MOST = 150;
const STAY = 100;
/** Milliseconds over which many readers ask for one message. */
const SPREAD = 250;
/** Messages that changed while nobody looked at the page. */
const missed = new Set<string>();

function number(message: Element | undefined): number {
  return Number((message as HTMLElement | undefined)?.dataset["seq"] ?? 0);
}

function messages(box: Element): Element[] {
  return [...box.querySelectorAll(":scope > .message[data-seq]")];
}

/** The oldest move up as they are; one in which somebody writes just now keeps them where they are for this once. */
function moveUp(live: HTMLElement, past: HTMLElement): void {
  const all = messages(live);
  let first = all.length > MOST ? all[all.length - STAY] : undefined;
  if (!first) return;
  while (first.previousElementSibling?.matches(".talk-day")) first = first.previousElementSibling;
  const going: Element[] = [];
  for (let one = live.firstElementChild; one && one !== first; one = one.nextElementSibling) going.push(one);
  if (!going.some((one) => one.contains(document.activeElement))) past.append(...going);
}

/** Asked for next is what follows what stands above. A message that is being changed tells no number: then it waits. */
function aim(live: HTMLElement, past: HTMLElement): void {
  const first = number(live.querySelector(":scope > .message") ?? undefined);
  const url = new URL(live.getAttribute("hx-get") ?? "", location.href);
  if (!first || Number(url.searchParams.get("after")) >= first - 1) return;
  url.searchParams.set("after", String(first - 1));
  if (past.querySelector("#talk-new")) url.searchParams.set("new", "0");
  live.setAttribute("hx-get", url.pathname + url.search);
}

/** A message that stands where nothing is asked for anew is asked for by itself, unless somebody writes in it. */
function again(id: string): void {
  const changed = document.getElementById(`message-${id}`);
  if (!changed || changed.closest("#talk-messages[hx-get]")) return;
  if (document.visibilityState === "hidden") return void missed.add(id);
  setTimeout(() => {
    const message = document.getElementById(`message-${id}`);
    if (!message || message.querySelector("form textarea")) return;
    const query = message.matches(".message-more") ? "?more=1" : "";
    void htmx.ajax("GET", `/messages/${id}${query}`, { source: message, target: message, swap: "outerHTML" });
  }, Math.random() * SPREAD);
}

export function start(): void {
  document.addEventListener("hint", (event) => {
    const { kind, id } = (event as CustomEvent<{ kind: string; id: number | string }>).detail;
    if (kind === "message") again(String(id));
  });
  document.addEventListener("visibilitychange", () => {
    const all = [...missed];
    missed.clear();
    for (const id of all) again(id);
  });
  const live = document.getElementById("talk-messages");
  const past = document.getElementById("talk-past");
  if (live && past && live.hasAttribute("hx-get")) {
    document.addEventListener("htmx:after:swap", (event) => {
      if (event.target !== live) return;
      moveUp(live, past);
      aim(live, past);
    });
  }
  // Whoever says something while they read older messages is led to where it stands.
  document.addEventListener("talk-said", (event) => {
    const newest = document.querySelector<HTMLAnchorElement>("a[data-newest]");
    if (newest && (event.target as Element).id === "talk-composer") location.assign(newest.href);
  });
}
