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
  /** What followed it was taken out of the composer, and it with that. */
  cut?: boolean;
  /** What is to stand there once it was answered. */
  then?: string;
}

interface Context {
  sourceElement: HTMLFormElement;
  response?: { status: number };
}

const forms = new Map<HTMLFormElement, Sent>();

function areaOf(form: HTMLFormElement): HTMLTextAreaElement {
  return form.elements.namedItem("text") as HTMLTextAreaElement;
}

/** What goes along with the words of a composer. */
export function fieldsOf(form: HTMLFormElement): [string, string][] {
  const data = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return data.filter(([name]) => !["csrf_token", "nonce", "text"].includes(name));
}

export function begin(form: HTMLFormElement, nonce: string): void {
  const area = areaOf(form);
  forms.set(form, { shown: area.value, text: stored(area), nonce, fields: fieldsOf(form) });
}

/** What is on its way from this composer. */
export function under(form: HTMLFormElement): Sent | undefined {
  return forms.get(form);
}

/** Whether something is on its way there that would be overtaken. */
export function busy(action: string): boolean {
  return [...forms.keys()].some((form) => form.isConnected && form.getAttribute("hx-post") === action);
}

/** Whether what is on its way still stands before what was written since. */
function stands(form: HTMLFormElement, { cut, shown }: Sent): boolean {
  return !cut && areaOf(form).value.startsWith(shown);
}

function since(form: HTMLFormElement, sent: Sent): string {
  const text = areaOf(form).value;
  return stands(form, sent) ? text.slice(sent.shown.length).trimStart() : text;
}

/** Leave in the composer what was written since, and nothing of what is on its way. Gives whether there is any. */
export function cut(form: HTMLFormElement, sent: Sent): boolean {
  const text = since(form, sent);
  if (!text.trim()) return false;
  sent.cut = true;
  areaOf(form).value = text;
  return true;
}

/** It is on its way no more: it was answered, or is kept elsewhere. */
export function settle(form: HTMLFormElement, sent: Sent): void {
  const area = areaOf(form);
  const text = sent.then ?? since(form, sent);
  forms.delete(form);
  if (area.value === text) return;
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** `next`: nothing is on its way from that composer any more. */
export function start(next: () => void): void {
  for (const name of ["htmx:before:swap", "htmx:finally:request"]) {
    document.addEventListener(name, (event) => {
      const { sourceElement: form, response } = (event as CustomEvent<{ ctx: Context }>).detail.ctx;
      const sent = forms.get(form);
      if (!sent) return;
      // Others empty the composer when its answer stands there. What was refused comes back before what was written since.
      sent.then ??= response && response.status < 300 ? since(form, sent)
        : stands(form, sent) ? areaOf(form).value
        : [sent.shown, areaOf(form).value].filter((part) => part.trim()).join("\n\n");
      if (!name.includes("finally")) return;
      settle(form, sent);
      next();
    }, true);
  }
}
