/**
 * Letters typed while a dialog that a letter asked for is on its way: they are the first words of its first field, and
 * never acts of the page below. Esc gives them up.
 */
import { typing } from "./words";

let source: Element | null = null;
let held = "";

/** A letter has pressed what fills the dialog: what is typed until it stands is kept. */
export function begin(pressed: Element): void {
  if (pressed.getAttribute("hx-target") !== "#dialog") return;
  source = pressed;
  held = "";
}

/** Whether the key is kept for the dialog that comes. Enter does nothing: what has the focus below was not meant. */
function takes(event: KeyboardEvent): boolean {
  if (event.key === "Escape" || !source?.isConnected) source = null;
  if (!source || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return false;
  if (event.key === "Backspace") held = held.slice(0, -1);
  else if (event.key.length === 1) held += event.key;
  else return event.key === "Enter";
  return true;
}

function put(): void {
  const field = document.activeElement;
  if (!source || !document.querySelector("dialog#dialog[open]")) return;
  source = null;
  if (!held || !(field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.selectionStart !== null))) return;
  field.setRangeText(held, field.value.length, field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function start(): void {
  // Before every other module that listens to keys: to them the key was not pressed.
  addEventListener(
    "keydown",
    (event) => {
      if (!takes(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  document.addEventListener("htmx:after:swap", put);
  document.addEventListener("htmx:finally:request", (event) => {
    if ((event as CustomEvent<{ ctx: { sourceElement?: Element } }>).detail.ctx.sourceElement === source) source = null;
  });
}
