/**
 * A message is never lost: what is sent while the line is away, or while the server does not answer, is kept in this
 * browser for its author, shown as waiting, and sent later in its order under its own nonce, so that it is said once.
 * `<form class="composer" data-talk="unit-talk:3" data-me="5">` with a textarea `text` and a hidden `nonce`.
 */
import htmx from "htmx.org";
import { spoken, stored } from "./mention";
import { begin, busy, cut, fieldsOf, settle, start as follow, under, type Sent } from "./sending";
import { say } from "./toast";
import { mine, reason } from "./requests";
import { word } from "./words";

export interface Kept {
  action: string;
  nonce: string;
  text: string;
  /** When it was written; absent of what was kept by an older page. */
  at?: string;
  fields: [string, string][];
  /** What the talk is called, and where it is read. */
  where?: { name: string; href: string };
  reason?: string | undefined;
}

interface Context {
  request: { method: string; form?: HTMLFormElement; action?: string; timeout?: number };
  sourceElement?: Element;
  response?: { status: number; headers: Headers };
  swap?: string;
}

const NAME = "outbox:";
const PATIENCE = 10_000;
const REST = 2_000;
const LONGEST = 60_000;
const MOST = 200;
let later: ReturnType<typeof setTimeout> | undefined;
let rest = REST;

function me(): string {
  return document.body.dataset["me"] ?? document.querySelector<HTMLElement>("[data-me]")?.dataset["me"] ?? "";
}

function all(): Kept[] {
  try {
    return JSON.parse(localStorage.getItem(NAME + me()) ?? "[]") as Kept[];
  } catch {
    return [];
  }
}

function keep(kept: Kept[]): boolean {
  try {
    if (kept.length) localStorage.setItem(NAME + me(), JSON.stringify(kept));
    else localStorage.removeItem(NAME + me());
    return true;
  } catch {
    return false; // the browser's room is full: what was typed stays in the composer
  }
}

/** Everything of this person that waits in this browser. */
export function kept(): Kept[] {
  return all();
}

/** Where what waits in this browser is kept, of whoever used it. */
function places(): string[] {
  return Object.keys(localStorage).filter((name) => name.startsWith(NAME));
}

/** How many messages wait here of others, whose session ended while they did. */
export function ofOthers(): number {
  const theirs = places().filter((name) => name !== NAME + me());
  return theirs.reduce((sum, name) => sum + (JSON.parse(localStorage.getItem(name) ?? "[]") as Kept[]).length, 0);
}

/** Nothing waits here any more, of nobody. */
export function drop(): void {
  for (const name of places()) localStorage.removeItem(name);
}

/** Try again at once. */
export function sendNow(): void {
  soon(0);
}

function composer(target: unknown): HTMLFormElement | null {
  if (target instanceof Element && target.closest("[data-later], .composer-preview")) return null; // it is not to be sent now
  const form = target instanceof Element ? target.closest<HTMLFormElement>("form.composer[data-talk]") : null;
  return form?.elements.namedItem("nonce") ? form : null;
}

function value(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLTextAreaElement) return stored(field);
  return field instanceof HTMLInputElement ? field.value : "";
}

function fresh(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function address(form: HTMLFormElement): string {
  return form.getAttribute("hx-post") ?? form.getAttribute("action") ?? "";
}

/**
 * Put what stands in the composer into the outbox; the composer is free for the next message. `sent`: that which was on
 * its way from there, before what waits there already; what was written since stays.
 */
function put(form: HTMLFormElement, sent?: Sent): boolean {
  const behind = sent ? undefined : under(form);
  const text = sent?.text ?? value(form, "text");
  const nonce = sent?.nonce ?? (behind ? fresh() : value(form, "nonce"));
  const kept = all();
  if (!text.trim() || kept.length >= MOST) return false;
  if (kept.some((one) => one.nonce === nonce)) return true;
  const along = behind?.fields.map(String) ?? []; // that went with what is on its way
  const fields = sent?.fields ?? fieldsOf(form).filter((field) => !along.includes(String(field)));
  const title = document.querySelector("#conversation-title, h1")?.textContent?.trim().replace(/\s+/g, " ") ?? "";
  const where = { name: title, href: location.pathname };
  const action = address(form);
  const one = { action, nonce, text, at: new Date().toISOString(), fields, where };
  const place = sent ? kept.findIndex((other) => other.action === action) : -1;
  kept.splice(place < 0 ? kept.length : place, 0, one);
  if (!keep(kept)) return false;
  if (sent) settle(form, sent);
  clear(form, Boolean(sent && value(form, "text")));
  const hidden = form.elements.namedItem("nonce");
  if (!behind && hidden instanceof HTMLInputElement) hidden.value = hidden.defaultValue = fresh();
  show();
  return true;
}

/** The composer is free for the next message; `written`: that is begun already. */
function clear(form: HTMLFormElement, written: boolean): void {
  if (!written) form.reset();
  form.querySelector(".uploads")?.replaceChildren();
  form.querySelector<HTMLElement>("[data-unreply]")?.click();
  const area = form.elements.namedItem("text");
  if (written || !(area instanceof HTMLTextAreaElement)) return;
  area.value = area.defaultValue = "";
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function line(kept: Kept): HTMLElement {
  const box = document.createElement("div");
  box.className = "message-waiting";
  box.dataset["nonce"] = kept.nonce;
  const text = document.createElement("p");
  text.className = "message-waiting-text";
  text.dir = "auto";
  text.textContent = spoken(kept.text);
  const note = document.createElement("p");
  note.className = kept.reason ? "field-error" : "muted";
  note.textContent = kept.reason ? `${word("refused")} ${kept.reason}` : word("waiting");
  box.append(text, note);
  if (kept.reason) {
    const acts = document.createElement("p");
    acts.className = "message-waiting-acts";
    for (const [name, act] of [["again", again], ["discard", discard]] as const) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small";
      button.textContent = word(name);
      button.addEventListener("click", () => act(kept.nonce));
      acts.append(button);
    }
    box.append(acts);
  }
  return box;
}

/** What waits for a talk stands above its composer. */
function show(): void {
  const kept = all();
  for (const form of document.querySelectorAll<HTMLFormElement>("form.composer[data-talk]")) {
    const mine = kept.filter((one) => one.action === address(form));
    let place = form.previousElementSibling;
    if (!place?.matches(".talk-waiting")) {
      if (!mine.length) continue;
      place = document.createElement("div");
      place.className = "talk-waiting";
      place.setAttribute("role", "status");
      form.before(place);
    }
    if (mine.length) place.replaceChildren(...mine.map(line));
    else place.remove();
  }
}

function discard(nonce: string): void {
  keep(all().filter((one) => one.nonce !== nonce));
  show();
}

function again(nonce: string): void {
  keep(all().map((one) => (one.nonce === nonce ? { ...one, reason: undefined } : one)));
  show();
  soon(0);
}

/** `nonce`: under which it goes where it is sent again; the one it had may have been used for other words. */
function refuse(kept: Kept, why: string, nonce: string): void {
  keep(all().map((one) => (one.nonce === kept.nonce ? { ...one, nonce, reason: why } : one)));
  show();
  if (!document.querySelector(`.message-waiting[data-nonce="${CSS.escape(nonce)}"]`)) say(`${word("refused")} ${why}`, { bad: true });
}

function soon(wait: number): void {
  clearTimeout(later);
  later = setTimeout(() => void drain().catch(() => undefined), wait);
}

function longer(): void {
  soon(rest + Math.random() * rest);
  rest = Math.min(LONGEST, rest * 2);
}

/** When it was written, and what the same clock shows now: it may go wrong. */
function times(kept: Kept): [string, string][] {
  return kept.at ? [["written_at", kept.at], ["sent_at", new Date().toISOString()]] : [];
}

/** One message. True when the next may follow. `again`: somebody signed in again elsewhere, and it goes with their token. */
async function send(kept: Kept, again = false): Promise<boolean> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  const body = new URLSearchParams([...kept.fields, ["nonce", kept.nonce], ["text", kept.text], ...times(kept)]);
  const headers = { "X-CSRF-Token": token, "X-Person": me(), "HX-Request": "true", "HX-Request-Type": "partial" };
  const stop = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(kept.action, { method: "POST", body, headers, signal: stop, redirect: "follow" }).catch(() => null);
  if (!answer || answer.status >= 500) return longer(), false;
  if (!again && mine(answer.headers)) return send(kept, true);
  if (answer.status === 429) return soon(1000 * Number(answer.headers.get("Retry-After") ?? 5)), false;
  if (answer.status === 401 || answer.redirected || answer.headers.has("HX-Redirect")) {
    say(word("signedOut"), { bad: true });
    return false;
  }
  if (answer.ok) {
    discard(kept.nonce);
    htmx.trigger(document.body, "talk-said", {}, false);
  } else {
    refuse(kept, reason({ text: await answer.text() }, answer.status), answer.status === 409 ? fresh() : kept.nonce);
  }
  rest = REST;
  return true;
}

/** Everything that waits, in its order; one page of this browser at a time. */
async function drain(): Promise<void> {
  if (!navigator.onLine) return;
  const work = async (): Promise<void> => {
    const first = (): Kept | undefined => all().find((one) => !one.reason && !busy(one.action));
    for (let next = first(); next; next = first()) {
      if (!(await send(next))) return;
    }
  };
  await (navigator.locks ? navigator.locks.request("outbox", work) : work());
}

function sent(event: Event): Context {
  return (event as CustomEvent<{ ctx: Context }>).detail.ctx;
}

export function start(): void {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      const talk = composer(form);
      const going = talk && under(talk);
      if (going) {
        // What is pressed twice goes once; what was written since waits behind what is on its way.
        event.preventDefault();
        event.stopImmediatePropagation();
        if (cut(talk, going) && !put(talk)) say(word("full"), { bad: true });
        return;
      }
      const before = talk && all().some((one) => one.action === address(talk) && !one.reason);
      if (!talk || (navigator.onLine && !before)) return;
      if (!put(talk)) {
        if (!before || !value(talk, "text").trim()) return;
        say(word("full"), { bad: true }); // it overtakes nothing: it stays where it was written
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      soon(0);
    },
    true,
  );
  document.addEventListener("htmx:config:request", (event) => {
    const ctx = sent(event);
    const talk = composer(event.target);
    if (!talk || ctx.request.method !== "POST") return;
    ctx.request.timeout = PATIENCE;
    begin(talk, value(talk, "nonce"));
  });
  // No answer, or one from before the server: it is kept and sent again under the same nonce.
  document.addEventListener(
    "htmx:error",
    (event) => {
      const talk = composer(event.target);
      if (!talk || sent(event).response || !put(talk, under(talk))) return;
      event.stopImmediatePropagation();
      longer();
    },
    true,
  );
  document.addEventListener(
    "htmx:response:error",
    (event) => {
      const talk = composer(event.target);
      const ctx = sent(event);
      const status = ctx.response?.status ?? 0;
      const now = status === 403 && ctx.response !== undefined && mine(ctx.response.headers);
      if (!talk || (status < 500 && !now) || !put(talk, under(talk))) return;
      event.stopImmediatePropagation();
      ctx.swap = "none";
      if (now) soon(0);
      else longer();
    },
    true,
  );
  document.addEventListener("htmx:after:swap", show);
  follow(() => all().some((one) => !one.reason) && soon(0));
  addEventListener("online", () => soon(500));
  addEventListener("storage", (event) => {
    if (event.key === NAME + me()) show();
  });
  show();
  if (all().some((one) => !one.reason)) soon(500);
}
