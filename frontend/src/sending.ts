/**
 * One goes on writing while a message is on its way: what was written since stays in the composer, and what is sent
 * meanwhile waits behind it (`outbox.ts`).
 */
import { stored } from "./mention";

/** A message that is on its way: as it stood in the composer, as it is stored, and what went along with it. */
export interface Sent {
  shown: string;
  text: string;
  nonce: string;
  fields: [string, string][];
}

interface Going extends Sent {
  at: number;
  /** What followed it was taken out of the composer, and it with that. */
  cut: boolean;
  /** What is to stand there once it was answered, and whether it does. */
  then?: string;
  settled?: boolean;
}

interface Context {
  sourceElement?: Element;
  response?: { status: number };
}

/** Milliseconds after which no answer comes any more. */
const LONGEST = 15_000;
const forms = new Map<HTMLFormElement, Going>();

/** What goes along with the words of a composer. */
export function fieldsOf(form: HTMLFormElement): [string, string][] {
  const data = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return data.filter(([name]) => !["csrf_token", "nonce", "text"].includes(name));
}

function areaOf(form: HTMLFormElement): HTMLTextAreaElement | null {
  return form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
}

export function begin(form: HTMLFormElement, nonce: string): void {
  const area = areaOf(form);
  if (area) forms.set(form, { shown: area.value, text: stored(area), nonce, fields: fieldsOf(form), at: Date.now(), cut: false });
}

/** What is on its way from this composer. */
export function under(form: HTMLFormElement): Sent | undefined {
  const sent = forms.get(form);
  if (sent && Date.now() - sent.at > LONGEST) forms.delete(form);
  return forms.get(form);
}

/** Whether something is on its way that would be overtaken there. */
export function busy(action: string, address: (form: HTMLFormElement) => string): boolean {
  return [...forms.keys()].some((form) => form.isConnected && under(form) && address(form) === action);
}

/** What was written since. */
function since(area: HTMLTextAreaElement, sent: Going): string {
  return !sent.cut && area.value.startsWith(sent.shown) ? area.value.slice(sent.shown.length).trimStart() : area.value;
}

function write(area: HTMLTextAreaElement, text: string): void {
  if (area.value === text) return;
  const fromEnd = Math.min(text.length, area.value.length - area.selectionEnd);
  area.value = text;
  area.setSelectionRange(text.length - fromEnd, text.length - fromEnd);
}

/** Leave in the composer what was written since, and nothing of what is on its way. Gives whether there is any. */
export function cut(form: HTMLFormElement): boolean {
  const area = areaOf(form);
  const sent = forms.get(form);
  if (!area || !sent) return false;
  const text = since(area, sent);
  if (!text.trim()) return false;
  sent.cut = true;
  write(area, text);
  return true;
}

/** What was sent stands there no more, whatever is written there now; it is kept elsewhere from now on. */
export function keptElsewhere(form: HTMLFormElement): void {
  const area = areaOf(form);
  const sent = forms.get(form);
  forms.delete(form);
  if (!area || !sent) return;
  write(area, since(area, sent));
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What is to stand there: after a yes what was written since; else what was sent as well, unless it stands there. */
function wanted(area: HTMLTextAreaElement, sent: Going, status: number): string {
  if (status < 300) return since(area, sent);
  if (!sent.cut && area.value.startsWith(sent.shown)) return area.value;
  return [sent.shown, area.value].filter((part) => part.trim()).join("\n\n");
}

function settle(form: HTMLFormElement, sent: Going): void {
  const area = areaOf(form);
  const text = sent.then;
  if (!area || text === undefined || sent.settled) return;
  sent.cut = sent.settled = true;
  if (area.value === text) return;
  write(area, text);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function asked(event: Event): [HTMLFormElement, Going, Context] | undefined {
  const { ctx } = (event as CustomEvent<{ ctx: Context }>).detail;
  const form = ctx.sourceElement;
  const sent = form instanceof HTMLFormElement ? forms.get(form) : undefined;
  return form instanceof HTMLFormElement && sent ? [form, sent, ctx] : undefined;
}

/** `next`: nothing is on its way from that composer any more. */
export function start(next: () => void): void {
  const note = (event: Event): void => {
    const [form, sent, ctx] = asked(event) ?? [];
    const area = form && areaOf(form);
    if (area && sent && ctx?.response) sent.then = wanted(area, sent, ctx.response.status);
  };
  document.addEventListener("htmx:before:swap", note, true);
  // Others empty the composer when its answer stands there.
  document.addEventListener("htmx:after:swap", (event) => {
    const [form, sent] = asked(event) ?? [];
    if (form && sent) queueMicrotask(() => settle(form, sent));
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const [form, sent] = asked(event) ?? [];
    if (!form || !sent) return;
    if (sent.then === undefined) note(event);
    settle(form, sent);
    forms.delete(form);
    next();
  });
}
