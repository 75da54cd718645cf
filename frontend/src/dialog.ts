/** Dialogs: `data-dialog="id"` opens one that is in the page; a fragment swapped into #dialog opens itself. */
import { restore } from "./keys";
import { WORDS } from "./unsaved";
import { word } from "./words";

/** What goes along from step to step: words, and what was chosen from a list. */
const CARRIED = `:is(${WORDS},select)[name]`;

let cause: HTMLElement | null = null;
/** What had the focus before the dialog was opened. */
let before: Element | null = null;
/** A dialog that is open has a step of the history to itself, so that Back closes it and stays on the page. */
let stepped = false;
let leaving = false;
let passed = 0;
/** Whether what is about to fill the dialog takes over what somebody wrote in it. */
let along = false;
/** What was written in the steps of a dialog: a field that one of them does not have has its words again in the next. */
const words = new Map<string, string>();
/** When somebody was last asked about what they wrote: one step back is told twice. */
let asked = 0;

const FIRST = "[autofocus], .dialog-body :is(input:not([type=hidden]),textarea,select), .dialog-foot button";

/** What was pressed went with the swap: the first field that was refused has the focus then, else the first of all. */
function again(dialog: HTMLDialogElement): void {
  if (dialog.contains(document.activeElement) && document.activeElement !== dialog) return;
  const wrong = dialog.querySelector<HTMLElement>(":is(input:not([type=hidden]),textarea,select)[aria-invalid=true]");
  const first = wrong ?? dialog.querySelector<HTMLElement>(FIRST);
  first?.focus();
  // Words that came along are gone on with.
  if (first instanceof HTMLInputElement && first.type === "text") first.setSelectionRange(first.value.length, first.value.length);
  // With its name and what is wrong with it.
  wrong?.closest(".field")?.scrollIntoView({ block: "nearest" });
}

export function open(dialog: HTMLDialogElement): void {
  if (dialog.open) return;
  const title = dialog.querySelector(".dialog-title[id]");
  if (title) dialog.setAttribute("aria-labelledby", title.id);
  before = document.activeElement;
  dialog.showModal();
  if (!stepped) {
    history.pushState({ dialog: true }, "");
    stepped = true;
  }
  dialog.querySelector<HTMLElement>(FIRST)?.focus();
}

/** Whether somebody wrote in a dialog, or another box that closes, what was not sent, or was sent and refused. */
export function written(box: HTMLElement): boolean {
  return box.querySelector("form[data-typed],form [aria-invalid=true],form .callout-bad") !== null;
}

/** Whether what was written in it, if anything, may go with it: whoever wrote it is asked. */
export function mayGo(box: HTMLElement): boolean {
  return !written(box) || confirm(word("unkept"));
}

/** What stands in a dialog goes along to its next step: `gather` keeps it, `fill` puts it where a field has nothing of its
 * own yet, a list what it began with. */
function gather(dialog: HTMLElement): void {
  for (const field of dialog.querySelectorAll<HTMLInputElement | HTMLSelectElement>(CARRIED)) {
    if (field.value && !(field instanceof HTMLSelectElement && field.options[field.selectedIndex]?.defaultSelected)) words.set(field.name, field.value);
    else words.delete(field.name);
  }
}

function fill(dialog: HTMLElement): void {
  for (const field of dialog.querySelectorAll<HTMLInputElement | HTMLSelectElement>(CARRIED)) {
    const kept = words.get(field.name);
    if (kept === undefined || (field.value && !(field instanceof HTMLSelectElement))) continue;
    if (!(field instanceof HTMLSelectElement) || [...field.options].some((one) => one.value === kept)) field.value = kept;
  }
}

/** Whether a step back was only a dialog's. */
function back(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("dialog[open]");
  if (!leaving && !dialog) return false;
  if (!leaving && dialog && Date.now() - asked < 500) return true;
  if (!leaving && dialog && !mayGo(dialog)) {
    history.pushState({ dialog: true }, "");
    asked = passed = Date.now();
    return true;
  }
  passed = Date.now();
  if (!leaving) {
    stepped = false;
    dialog?.close();
  } else if (document.activeElement instanceof HTMLElement) {
    // A step back takes the focus away unless it moves meanwhile.
    const had = document.activeElement;
    had.blur();
    had.focus({ preventScroll: true });
  }
  leaving = false;
  return true;
}

function shared(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("dialog#dialog");
}

/** What asked from inside a dialog. */
const inside = new WeakSet<Element>();

/** The answer to a dialog that was closed meanwhile does not open it again, unless it says that nothing was done. */
function late(event: Event): void {
  const { ctx, tasks } = (event as CustomEvent<{ ctx: { sourceElement: Element; response?: { status: number } }; tasks: { target: unknown }[] }>).detail;
  const dialog = shared();
  if (!dialog || dialog.open || !inside.has(ctx.sourceElement) || (ctx.response?.status ?? 200) >= 400) return;
  tasks.splice(0, tasks.length, ...tasks.filter((task) => task.target !== dialog && task.target !== "#dialog"));
}

export function start(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const asked = target.closest<HTMLElement>("[data-dialog]");
    if (asked) {
      const dialog = document.getElementById(asked.dataset["dialog"] ?? "");
      if (dialog instanceof HTMLDialogElement) {
        cause = asked;
        open(dialog);
        event.preventDefault();
      }
    }
    const closing = target.closest("[data-close]")?.closest("dialog");
    if (closing && mayGo(closing)) closing.close();
    // Outside of the box is the dialog itself.
    if (target instanceof HTMLDialogElement && target.open) {
      const box = target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside && !written(target)) target.close();
    }
  });

  // Esc closes a form in which somebody wrote only when they say so. Browsers let a page refuse `cancel` once or twice in a
  // row, the key always; a list that is open in the form has the key before it.
  document.addEventListener("keydown", (event) => {
    const dialog = event.target instanceof Element ? event.target.closest("dialog") : null;
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || !dialog?.open) return;
    if (!written(dialog) || document.querySelector(":popover-open:not([popover=manual])")) return;
    event.preventDefault();
    if (mayGo(dialog)) dialog.close();
  });
  document.addEventListener(
    "cancel",
    (event) => {
      if (event.target instanceof HTMLDialogElement && !mayGo(event.target)) event.preventDefault();
    },
    true,
  );

  document.addEventListener("htmx:before:request", (event) => {
    if (!(event.target instanceof HTMLElement)) return;
    const dialog = event.target.closest("dialog");
    // A link that fills the dialog with something else takes no words along, unless it sends the form.
    if (dialog && event.target.matches("a[href]:not([hx-include])") && !mayGo(dialog)) return event.preventDefault();
    if (dialog) inside.add(event.target);
    else cause = event.target;
  });
  document.addEventListener("htmx:before:swap", late);
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { sourceElement: Element } }>).detail;
    const dialog = ctx.sourceElement.closest("dialog");
    // A step to more fields, or to another kind, brings the words along; a form that was sent has had its own.
    along = dialog !== null && ctx.sourceElement.matches("button,a[hx-include]") && written(dialog);
    if (dialog && along) gather(dialog);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { status: number } } }>).detail;
    // Nothing was swapped: the form that was sent is about to go.
    if (ctx.response?.status === 204) return;
    const dialog = shared();
    if (dialog && along && event.target === dialog) {
      fill(dialog);
      for (const name of ["data-typed", "data-chosen"]) dialog.querySelector("form:has(.field,.input)")?.setAttribute(name, "");
    }
    along = false;
    if (dialog?.open) {
      if (event.target === dialog) again(dialog);
    } else if (dialog?.childElementCount) open(dialog);
  });

  // A page that was left while a dialog was open comes back without it.
  if (history.state?.dialog) history.replaceState({ htmx: true }, "");
  addEventListener("popstate", () => void back());
  // htmx would ask for the whole page again.
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (back() || Date.now() - passed < 500) event.preventDefault();
  });

  // The server may end it: `HX-Trigger: close`, or 204 to a form inside.
  document.addEventListener("close-dialog", () => shared()?.close());
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { status: number; headers: Headers } } }>).detail;
    // Another page is on its way: the step back that closing takes would stop it.
    if (ctx.response?.headers.has("HX-Redirect")) return;
    // A form that went away meanwhile (sent twice) leaves the document as the target.
    if (ctx.response?.status === 204 && event.target instanceof Element) event.target.closest("dialog")?.close();
  });

  document.addEventListener(
    "close",
    (event) => {
      if (event.target === shared()) {
        shared()?.replaceChildren();
        words.clear();
      }
      // Closing is told a moment later: whoever has gone on elsewhere by then stays there.
      const now = document.activeElement;
      const elsewhere = now && ![document.body, before].includes(now) && !now.closest("dialog");
      if (elsewhere) before = null;
      else if (cause?.isConnected) cause.focus();
      else restore();
      cause = null;
      // Closed by itself, not by Back: the step goes too.
      if (stepped && history.state?.dialog) {
        leaving = true;
        history.back();
      }
      stepped = false;
    },
    true,
  );
}
