/** Short answers at the foot of the page: `HX-Trigger: {"toast": {"text": "…", "bad": true, "undo": "/facts/7/undo"}}`. */
import htmx from "htmx.org";
import { icon, word } from "./words";

export interface Toast {
  bad?: boolean;
  href?: string;
  act?: string;
  undo?: string;
  /** What was pressed and not done: one press does it again. */
  again?: () => void;
  /** That the line is away: no longer so once it is back. */
  away?: boolean;
}

const STAY = 6000;
/** A long sentence stays longer: so many milliseconds for each letter. */
const READING = 90;
const UNDO_STAY = 10_000;

const GAP = 8;
/** Where one writes at the foot of a page: what is said stands over it, and what stands above makes room. */
const FEET = ".talking-foot, .thread-foot";
const WRITTEN = "#talk .composer";
/** While a dialog is open nothing below can be pressed: then it is the row of its acts that stays free. */
const ACTS = "dialog:modal .dialog-foot";
/** Where a phone has its dock at the foot. */
const PHONE = 864;

function area(): HTMLElement | null {
  return document.getElementById("toasts");
}

function raise(place: HTMLElement): void {
  // The top layer, so that an open dialog does not hide it.
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover();
  stand(place);
}

/** Nothing is covered: not what one writes, and not what was said last. */
function stand(place: HTMLElement): void {
  const shown = place.matches(":popover-open") && place.childElementCount > 0;
  const feet = [...document.querySelectorAll<HTMLElement>(FEET)];
  const foot = feet.find((one) => one.checkVisibility()) ?? (shown ? beneath(place) : undefined);
  const at = foot?.getBoundingClientRect();
  const above = shown && at !== undefined && at.top > innerHeight / 3 && at.top < innerHeight;
  place.toggleAttribute("data-above", above);
  place.style.insetBlockEnd = above ? `${innerHeight - at.top + GAP}px` : "";
  place.style.left = above ? `${at.left}px` : "";
  place.style.right = above ? `${document.documentElement.clientWidth - at.right}px` : "";
  const room = shown ? `${place.offsetHeight + 2 * GAP}px` : "0px";
  document.documentElement.style.setProperty("--toasts-room", above && foot && feet.includes(foot) ? "0px" : room);
  for (const one of feet) one.parentElement?.style.setProperty("--toasts-room", above && one === foot ? room : "0px");
  if (shown && !above) uncover(place);
}

/** What is written within a page, as on that of an item, or a dialog's acts: where it lies under what is said. */
function beneath(place: HTMLElement): HTMLElement | undefined {
  const below = parseFloat(getComputedStyle(document.documentElement).fontSize) * (innerWidth < PHONE ? 4.25 : 1);
  const [first, last] = [innerHeight - below - place.offsetHeight - GAP, innerHeight - below];
  return written().find((one) => {
    const at = one.getBoundingClientRect();
    return at.height > 0 && at.bottom > first && at.top < last;
  });
}

function written(): HTMLElement[] {
  const dialog = document.querySelector<HTMLElement>("dialog:modal");
  // Above a dialog that is low there is room that covers nothing of it.
  if (dialog && dialog.getBoundingClientRect().top > innerHeight / 3) return [dialog];
  return [...document.querySelectorAll<HTMLElement>(dialog ? ACTS : WRITTEN)];
}

/** Elsewhere the page has that much more room below, and what one writes is brought out from under it. */
function uncover(place: HTMLElement): void {
  const active = document.activeElement;
  if (!active?.matches("textarea,input") || active.closest("dialog")) return;
  const writing = (active.closest(".composer") ?? active).getBoundingClientRect();
  const said = place.getBoundingClientRect();
  const over = writing.bottom + GAP - said.top;
  if (over > 0 && writing.top < said.bottom) scrollBy(0, over);
}

function leave(toast: HTMLElement): void {
  const place = toast.parentElement;
  toast.remove();
  if (place && !place.childElementCount && place.matches(":popover-open")) place.hidePopover();
  if (place) stand(place);
}

/** The sentence runs as the page does; a reference in it is a word by itself, whatever stands beside it. */
function put(words: HTMLElement, text: string): void {
  const parts = text.split(/([A-Z][A-Z0-9]*-\d+)/).map((part, place) => {
    if (place % 2 === 0) return part;
    const reference = document.createElement("bdi");
    reference.textContent = part;
    return reference;
  });
  words.replaceChildren(...parts);
}

function dress(toast: HTMLElement, stay: number): void {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button-icon";
  close.setAttribute("aria-label", word("close"));
  close.append(icon("x"));
  close.addEventListener("click", () => leave(toast));
  toast.append(close);
  if (!stay) return;
  let timer = setTimeout(() => leave(toast), stay);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["pointerleave", "focusout"]) {
    toast.addEventListener(name, () => {
      clearTimeout(timer);
      timer = setTimeout(() => leave(toast), stay / 2);
    });
  }
}

/** Older ways back lose the key: z means the last act, and nothing while that act is still under way. */
export function newAct(): void {
  for (const older of document.querySelectorAll<HTMLElement>('#toasts [data-key="z"]')) older.removeAttribute("data-key");
}

/** The way back: one press, or the key z. */
function wayBack(toast: HTMLElement, address: string): HTMLButtonElement {
  newAct();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-act";
  button.dataset["key"] = "z";
  button.setAttribute("aria-keyshortcuts", "z");
  button.textContent = word("undo");
  const key = document.createElement("kbd");
  key.textContent = "z";
  key.setAttribute("aria-hidden", "true");
  button.append(" ", key);
  button.addEventListener("click", () => {
    leave(toast);
    // From the page's own part: what the whole body asks for would be answered with a whole page.
    const place = area() ?? button;
    void htmx.ajax("POST", address, { source: place, target: place, swap: "none" });
  });
  return button;
}

function onceMore(toast: HTMLElement, again: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-act";
  button.textContent = word("tryAgain");
  button.addEventListener("click", () => {
    leave(toast);
    again();
  });
  return button;
}

/** Say `text`; bad news stays until it is closed. */
export function say(text: string, { bad = false, href, act, undo, again, away }: Toast = {}): void {
  const place = area();
  if (!place || !text) return;
  const toast = document.createElement("div");
  toast.className = bad ? "toast toast-bad" : "toast";
  const words = document.createElement("p");
  words.className = "grow";
  put(words, text);
  toast.append(words);
  if (href && act && href.startsWith("/")) {
    const link = document.createElement("a");
    link.className = "toast-act";
    link.href = href;
    link.textContent = act;
    toast.append(link);
  }
  toast.dataset["said"] = String(performance.now());
  if (document.querySelector("dialog:modal")) toast.dataset["over"] = "";
  if (away && !again) toast.dataset["away"] = "";
  if (again) toast.append(onceMore(toast, again));
  if (undo?.startsWith("/")) toast.dataset["undo"] = undo;
  if (undo?.startsWith("/")) toast.append(wayBack(toast, undo));
  dress(toast, bad ? 0 : Math.max(undo ? UNDO_STAY : STAY, READING * text.length));
  // The same sentence twice is one sentence.
  for (const other of place.children) if (other.querySelector("p")?.textContent === text) other.remove();
  place.append(toast);
  while (place.childElementCount > 3) place.firstElementChild?.remove();
  raise(place);
}

/** While a dialog stands open all outside it is dead to the pointer, and a press on what is said over it reaches the
 * dialog: it is given on to the act that lies there. What was said before the dialog came lies under it. */
function through(event: MouseEvent): void {
  if (!(event.target instanceof Element) || !event.target.closest("dialog")) return;
  const on = (one: Element): boolean => {
    const at = one.getBoundingClientRect();
    return event.clientX >= at.left && event.clientX <= at.right && event.clientY >= at.top && event.clientY <= at.bottom;
  };
  const toast = [...document.querySelectorAll("#toasts > [data-over]")].find(on);
  if (!toast) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  [...toast.querySelectorAll<HTMLElement>("a, button")].find(on)?.click();
}

function beneathAgain(): void {
  for (const toast of document.querySelectorAll<HTMLElement>("#toasts > [data-over]")) delete toast.dataset["over"];
}

export function start(): void {
  const place = area();
  document.addEventListener("click", through, true);
  document.addEventListener("close", beneathAgain, true);
  if (place) {
    const sizes = new ResizeObserver(() => stand(place));
    for (const part of [place, ...document.querySelectorAll(FEET)]) sizes.observe(part);
    addEventListener("resize", () => stand(place));
    const again = (): void => void (place.childElementCount > 0 && stand(place));
    addEventListener("scroll", again, { passive: true });
    document.addEventListener("htmx:after:swap", again);
    document.addEventListener("close", again, true);
  }
  document.addEventListener("toast", (event) => {
    const told = (event as CustomEvent<Toast & { text?: string; value?: string }>).detail;
    say(told.text ?? told.value ?? "", told);
  });
  flashed();
  document.addEventListener("htmx:after:swap", flashed);
  for (const back of ["online", "line:back"]) addEventListener(back, lineBack);
  document.addEventListener("htmx:before:request", (event) => {
    if (event.target instanceof Element && event.target.id === "item-main") asked = performance.now();
  });
  document.addEventListener("htmx:after:swap", (event) => event.target instanceof Element && event.target.id === "item-main" && passed());
}

/** What was said of a line that is away holds no longer. */
function lineBack(): void {
  for (const toast of document.querySelectorAll<HTMLElement>("#toasts [data-away]")) leave(toast);
}

/** When the page of an item last asked what stands there now. */
let asked = 0;

/** The item moved on: an act of it that its history no longer offers to undo is not offered here either. */
function passed(): void {
  const history = document.getElementById("item-history");
  const reference = document.querySelector<HTMLElement>(".split[data-row]")?.dataset["row"];
  if (!history || !reference) return;
  for (const toast of document.querySelectorAll<HTMLElement>("#toasts > .toast")) {
    const address = toast.dataset["undo"] ?? toast.querySelector("form")?.getAttribute("action") ?? "";
    if (!/^\/facts\/\d+\/undo$/.test(address) || Number(toast.dataset["said"] ?? 0) > asked) continue;
    // Said without a name it came with the page, and is of its item.
    if ((toast.querySelector("bdi")?.textContent ?? reference) !== reference) continue;
    if (!history.querySelector(`form[action="${CSS.escape(address)}"]`)) leave(toast);
  }
}

/** Sentences that came with the page. */
function flashed(): void {
  const fresh = document.querySelectorAll<HTMLElement>("[data-toast]");
  for (const toast of fresh) {
    toast.removeAttribute("data-toast");
    const words = toast.querySelector("p");
    if (words) put(words, words.textContent ?? "");
    dress(toast, toast.classList.contains("toast-bad") ? 0 : toast.querySelector(".toast-act") ? UNDO_STAY : STAY);
  }
  const place = area();
  if (place && fresh.length) raise(place);
}
