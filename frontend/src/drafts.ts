/**
 * What is written and not sent is kept with the server, so that it is there on the next desk too.
 * `<form data-keep="/conversations/7/draft">` with a textarea; without a line it stays in the page as before.
 */
import { stored } from "./mention";
import { mine } from "./requests";
import { say } from "./toast";
import { word } from "./words";

interface Swapped {
  response?: { status: number };
  sourceElement?: Element;
}

interface SaidElsewhere {
  owner: { kind: string; id: number };
  author: { id: number };
  text: string;
  root: number | null;
  reply_to: number | null;
}

const PAUSE = 1_200;
const PATIENCE = 10_000;
const LIGHT = 60_000;
/** Somebody called in the stored form (collab.messaging.mentions). */
const CALLED = /@\[[^\]]*\](\(party:\d+\))/g;
/** The pauses in writing that are waited for, form by form: the talk and a thread beside it may both be written in. */
const pauses = new WeakMap<Element, ReturnType<typeof setTimeout>>();
/** What is on its way to the server: the next waits for it, so that the last word stands there. */
let going: Promise<unknown> = Promise.resolve();
let underway = 0;

/** Where a text outlives its page in this tab until the server has it. `page`: the page on which its field stands. */
export function inTab(id: string, page = location.pathname): string {
  return `draft:${page}:${id}`;
}

function body(area: HTMLTextAreaElement): URLSearchParams {
  return new URLSearchParams({ text: stored(area) });
}

/** Whether it goes on its way though the page is left meanwhile. Browsers let so many bytes, and a letter may be six. */
function light(said: URLSearchParams): boolean {
  return said.toString().length < LIGHT;
}

async function keep(form: HTMLFormElement, area: HTMLTextAreaElement, again = false): Promise<boolean> {
  const shown = area.value;
  const said = body(area);
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  const answer = await fetch(form.dataset["keep"] ?? "", {
    method: "PUT",
    headers: { "X-CSRF-Token": token, "X-Person": document.body.dataset["me"] ?? "", "Content-Type": "application/x-www-form-urlencoded" },
    body: said,
    keepalive: light(said),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!again && mine(answer.headers)) return keep(form, area, true);
  // What the server keeps is not lost by leaving the page.
  if (answer.ok && form.isConnected && area.value === shown) {
    area.defaultValue = shown;
    sessionStorage.removeItem(inTab(area.id));
  }
  return answer.ok;
}

/** Whether the server took it. */
function put(form: HTMLFormElement, area: HTMLTextAreaElement): Promise<boolean> {
  underway++;
  const next = going.then(() => keep(form, area)).catch(() => false);
  going = next.finally(() => underway--);
  return next;
}

function stop(form: Element | null): void {
  if (!form) return;
  clearTimeout(pauses.get(form));
  pauses.delete(form);
}

/**
 * Whether what is written here is with the server though the page is left now: what was written in the last moment goes
 * there at once. The browser need not ask then.
 */
export function takenAlong(field: Element): boolean {
  const form = field instanceof HTMLTextAreaElement ? field.closest<HTMLFormElement>("form[data-keep]") : null;
  if (!form || !navigator.onLine || !(pauses.has(form) || underway)) return false;
  const area = field as HTMLTextAreaElement;
  if (!light(body(area))) return false;
  if (pauses.has(form)) void keep(form, area).catch(() => undefined);
  stop(form);
  return true;
}

/** What was sent, now or for later, is no draft: the composer is empty, and so is what is kept of it. */
function empty(form: HTMLFormElement): void {
  const area = form.querySelector("textarea");
  if (!area) return;
  stop(form);
  area.defaultValue = area.value = "";
  form.reset();
  // A draft that was on its way meanwhile may have come after it.
  if (underway) void put(form, area);
}

/** A text with whom it calls by number alone: a name is written in as many ways as it has readers. */
function bare(text: string): string {
  return text.replace(CALLED, "$1").trim();
}

/** Whether this is where it would have been said: the thread, or the talk while it answers the same message. */
function saidIn(form: HTMLFormElement, { owner, root, reply_to }: SaidElsewhere): boolean {
  if (form.dataset["talk"] !== `${owner.kind}-talk:${owner.id}`) return false;
  const answers = form.elements.namedItem("reply_to");
  return answers instanceof HTMLInputElement ? answers.value === String(reply_to ?? "") : form.dataset["keep"] === `/messages/${root}/thread/draft`;
}

/** What its writer said from another window is no half message here. */
function elsewhere(said: SaidElsewhere): void {
  if (String(said.author.id) !== document.body.dataset["me"]) return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep]:not(.htmx-request)")) {
    const area = form.querySelector("textarea");
    if (area?.value && saidIn(form, said) && bare(stored(area)) === bare(said.text)) empty(form);
  }
}

/** The form whose words an accepted answer took. */
function taken(event: Event): HTMLFormElement | null {
  const { ctx } = (event as CustomEvent<{ ctx: Swapped }>).detail;
  if ((ctx.response?.status ?? 500) >= 300) return null;
  if (event.target instanceof HTMLFormElement) return event.target.matches("[data-keep]") ? event.target : null;
  return ctx.sourceElement?.matches("[data-later]") ? document.querySelector<HTMLFormElement>("form[data-keep]") : null;
}

/** The page to which a link of the composer leads begins with the draft: one goes there once it is what stands here. */
async function goOn(event: MouseEvent): Promise<void> {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-drafted]") : null;
  const form = link?.closest<HTMLFormElement>("form[data-keep]");
  const area = form?.querySelector("textarea");
  if (!link || !form || !area) return;
  const here = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (here) event.preventDefault();
  stop(form);
  const taken = await put(form, area);
  if (here && taken) location.assign(link.href);
  if (!taken) say(word("failed"), { bad: true });
}

export function start(): void {
  // What is to be sent later from a page of its own is not written in the conversation any more.
  document.addEventListener("submit", (event) => {
    const from = (event.target as HTMLElement).dataset["drafted"];
    if (from && !event.defaultPrevented) sessionStorage.removeItem(inTab("talk-text", from));
  });
  if (!document.querySelector("form[data-keep]")) return;
  document.addEventListener("input", (event) => {
    const area = event.target;
    const form = area instanceof HTMLTextAreaElement ? area.closest<HTMLFormElement>("form[data-keep]") : null;
    if (!form) return;
    stop(form);
    pauses.set(form, setTimeout(() => void put(form, area as HTMLTextAreaElement), PAUSE));
  });
  document.addEventListener("line:message", (event) => elsewhere((event as CustomEvent<SaidElsewhere>).detail));
  document.addEventListener("click", (event) => void goOn(event));
  document.addEventListener("submit", (event) => stop(event.target as Element), true);
  // A button of the composer that keeps its words for later sends no form.
  document.addEventListener("htmx:before:request", (event) => {
    const asks = event.target instanceof Element ? event.target : null;
    if (!asks?.closest(".composer-preview")) stop(asks?.closest("form[data-keep]") ?? null);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const form = taken(event);
    if (form) empty(form);
  });
}
