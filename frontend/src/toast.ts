/** Short answers at the foot of the page: `HX-Trigger: {"toast": {"text": "…", "bad": true, "href": "…", "act": "Undo"}}`. */
import { icon, word } from "./words";

export interface Toast {
  bad?: boolean;
  href?: string;
  act?: string;
}

const STAY = 6000;

function area(): HTMLElement | null {
  return document.getElementById("toasts");
}

function raise(place: HTMLElement): void {
  // The top layer, so that an open dialog does not hide it.
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover();
}

function leave(toast: HTMLElement): void {
  const place = toast.parentElement;
  toast.remove();
  if (place && !place.childElementCount && place.matches(":popover-open")) place.hidePopover();
}

function dress(toast: HTMLElement, stay: boolean): void {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button-icon";
  close.setAttribute("aria-label", word("close"));
  close.append(icon("x"));
  close.addEventListener("click", () => leave(toast));
  toast.append(close);
  if (stay) return;
  let timer = setTimeout(() => leave(toast), STAY);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["pointerleave", "focusout"]) {
    toast.addEventListener(name, () => {
      timer = setTimeout(() => leave(toast), STAY / 2);
    });
  }
}

/** Say `text`; bad news stays until it is closed. */
export function say(text: string, { bad = false, href, act }: Toast = {}): void {
  const place = area();
  if (!place || !text) return;
  const toast = document.createElement("div");
  toast.className = bad ? "toast toast-bad" : "toast";
  const words = document.createElement("p");
  words.className = "grow";
  words.dir = "auto";
  words.textContent = text;
  toast.append(words);
  if (href && act && href.startsWith("/")) {
    const link = document.createElement("a");
    link.className = "toast-act";
    link.href = href;
    link.textContent = act;
    toast.append(link);
  }
  dress(toast, bad);
  // The same sentence twice is one sentence.
  for (const other of place.children) if (other.querySelector("p")?.textContent === text) other.remove();
  place.append(toast);
  while (place.childElementCount > 3) place.firstElementChild?.remove();
  raise(place);
}

export function start(): void {
  document.addEventListener("toast", (event) => {
    const told = (event as CustomEvent<Toast & { text?: string; value?: string }>).detail;
    say(told.text ?? told.value ?? "", told);
  });
  const flashed = document.querySelectorAll<HTMLElement>("[data-toast]");
  flashed.forEach((toast) => dress(toast, toast.classList.contains("toast-bad")));
  const place = area();
  if (place && flashed.length) raise(place);
}
