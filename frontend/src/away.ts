/**
 * What was pressed while the line is away was not done, and that is said with the name of the act and a way to do it
 * again: nothing is swallowed, and nothing is done later behind somebody's back.
 */
import htmx from "htmx.org";
import { say } from "./toast";
import { word } from "./words";

export interface Asked {
  sourceElement?: Element;
  target?: Element | string;
  swap?: string;
  sourceEvent?: Event;
  request: { method: string; action?: string; body?: unknown; submitter?: HTMLElement | null; form?: HTMLFormElement };
}

const MOST = 60;

/** The words on a button or link, without the sign of the key that presses it. */
function words(button: Element): string {
  return [...button.childNodes].filter((node) => !(node instanceof Element && node.matches("kbd"))).map((node) => node.textContent ?? "").join(" ");
}

/** What the act is called: the words on what was pressed. */
function called(pressed: Element | null | undefined): string {
  const button = pressed instanceof HTMLFormElement ? pressed.querySelector("button:not([type=button])") : pressed;
  const said = button?.getAttribute("aria-label") ?? (button?.matches("button,a") ? words(button) : "");
  const plain = said.replace(/\s+/g, " ").trim();
  return plain.length > MOST ? "" : plain;
}

function tell(pressed: Element | null | undefined, again: () => void): void {
  const act = called(pressed);
  // Under an open dialog nothing can be pressed but what stands in it, and there the form still stands.
  const covered = document.querySelector("dialog:modal") !== null;
  say(act ? word("awayAct").replace("{act}", act) : word("away"), { bad: true, away: true, ...(!covered && { again }) });
}

/** What somebody did, not what a page asks or notes by itself, as that it was opened; of reading, only what was pressed. */
export function pressed(asked: Asked): boolean {
  const event = asked.sourceEvent?.type ?? "";
  return asked.request.method === "GET" ? ["click", "submit"].includes(event) : !["load", "refresh", "intersect", "look"].includes(event);
}

/** A form that would have gone to another page. */
export function formAway(form: HTMLFormElement, button: HTMLElement | null): void {
  tell(button ?? form, () => form.isConnected && form.requestSubmit(button?.isConnected ? button : null));
}

/** A request of a part of the page once more, as it was sent: values of one name may stand in it several times. */
export function sendAgain({ sourceElement, target, swap, request }: Asked): void {
  const again = request.body instanceof FormData || request.body instanceof URLSearchParams ? request.body : new FormData();
  const source = sourceElement?.isConnected ? sourceElement : document.body;
  const carried = { source, again, ...(target && { target }), ...(swap && { swap }) };
  if (request.action) void htmx.ajax(request.method, request.action, carried).catch(() => undefined);
}

/** A request of a part of the page that got no answer. */
export function away(asked: Asked): void {
  const { sourceElement, request } = asked;
  const form = sourceElement instanceof HTMLFormElement ? sourceElement : undefined;
  tell(request.submitter ?? sourceElement, () => {
    if (!form?.isConnected) return sendAgain(asked);
    const button = request.submitter;
    form.requestSubmit(button?.isConnected ? button : null);
  });
}
