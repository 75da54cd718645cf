/** Work from the keyboard: j k walk the rows, letters press the button with that `data-key`, nearest first. */
import { begin } from "./ahead";
import { say } from "./toast";
import { typing, word } from "./words";

const WAYS = "[data-open],.row-title[href],.row-title a,a[href],button";

/** What takes the focus in a row: the first of these that is seen. A message takes it itself: what its words lead to is not its own way. */
function way(row: Element | null | undefined): HTMLElement | undefined {
  if (row?.matches(".message[tabindex]")) return row as HTMLElement;
  return [...(row?.querySelectorAll<HTMLElement>(WAYS) ?? [])].find((each) => each.checkVisibility());
}

/** Rows one can stand in: a heading between them, or a line that leads nowhere, is walked past. */
function rows(): HTMLElement[] {
  const all = document.querySelectorAll<HTMLElement>("[data-rows] > :not([role=presentation])");
  return [...all].filter((row) => row.checkVisibility() && way(row));
}

function current(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-rows] > *") ?? null;
}

let last: HTMLElement | null = null;
let lastAt = 0;
/** The row something was done with last, and the one that comes back when that is undone. */
let acted = "";
let returning = "";

/** Done with a button of a row; or taken back by what says so, after which the row is chosen that is there again. */
function noteAct(target: Element): void {
  if (target.closest('[data-key="z"]')) {
    returning = acted;
    return;
  }
  const row = target.closest("button") && target.closest<HTMLElement>("[data-rows] > *");
  if (row) [acted, returning] = [row.id, ""];
}

function cameBack(): boolean {
  const row = returning ? document.getElementById(returning) : null;
  if (!row || document.querySelector("dialog[open]")) return false;
  returning = "";
  row.querySelector<HTMLElement>(".row-title[href],.row-title a,a[href]")?.focus({ preventScroll: true });
  return true;
}

/** What had the focus is gone (done, moved, taken): the same row if it still stands, else the one in its place. */
export function restore(): void {
  if (cameBack()) return;
  if (!last || (document.activeElement && document.activeElement !== document.body) || document.querySelector("dialog[open]")) return;
  const again = last.isConnected ? last : (document.getElementById(last.id) ?? rows()[Math.min(lastAt, rows().length - 1)]);
  (way(again) ?? document.getElementById("main"))?.focus({ preventScroll: true });
}

function walk(step: 1 | -1): void {
  const all = rows();
  const from = current() ?? (last?.isConnected ? last : null);
  const at = from ? all.indexOf(from) + step : step === 1 ? 0 : all.length - 1;
  const row = all[Math.max(0, Math.min(at, all.length - 1))];
  way(row)?.focus();
  row?.scrollIntoView({ block: "nearest" });
  last = row ?? null;
}

/** Seen, or folded away in the menu of a page's acts: its letter works there as well. */
function reachable(element: HTMLElement): boolean {
  return element.checkVisibility() || Boolean(element.closest("[data-acts]")?.parentElement?.checkVisibility());
}

function press(key: string): boolean {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const dialog = document.querySelector("dialog[open]");
  const places: (ParentNode | null)[] = dialog ? [dialog] : [current(), document.getElementById("beside"), document.getElementById("main"), document];
  const menu = document.querySelector("#message-acts:popover-open");
  if (menu) places.splice(0, places.length, menu);
  for (const place of places) {
    const found = [...(place?.querySelectorAll<HTMLElement>(wanted) ?? [])].filter(reachable);
    // A letter acts on one thing: in a page of many rows somebody must have chosen one first.
    const one = place === current() || !found[0]?.closest("[data-rows] > *") ? found[0] : undefined;
    if (!one) continue;
    begin(one);
    one.click();
    return true;
  }
  return false;
}

/** Choose the row the focus is in, where the list lets one choose. */
function select(): boolean {
  const box = current()?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  box?.click();
  return Boolean(box);
}

function leave(): void {
  const beside = document.getElementById("beside");
  if (!beside?.childElementCount) return;
  beside.replaceChildren();
  last?.querySelector<HTMLElement>("a[href]")?.focus();
}

function find(): void {
  const field = document.querySelector<HTMLInputElement>("#search");
  field?.focus();
  field?.select();
}

function command(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return find(), true;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) {
    if (event.key === "Escape" && event.target instanceof HTMLElement && event.target.id === "search") event.target.blur();
    return false;
  }
  const menu = (event.target as Element).closest?.(":popover-open,[role=listbox]");
  if (menu && !menu.matches("#message-acts")) return false;
  // The letter's place on the keyboard, so that Greek and Persian layouts work as well.
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (document.querySelector("dialog[open]")) return letter || digit ? press(letter ?? digit ?? "") : false;
  if (event.key === "/") return find(), true;
  if (event.key === "?" || event.key === "؟") {
    document.querySelector<HTMLElement>('[data-dialog="shortcuts"]')?.click();
    return true;
  }
  if (event.key === "Escape") return leave(), false;
  if (letter === "x" && select()) return true;
  if (letter === "j" || letter === "k") return walk(letter === "j" ? 1 : -1), true;
  if (!letter || event.shiftKey) return false;
  if (press(letter)) return true;
  // Whoever goes back where nothing can be is told so; the way back that has only lost its key to a newer act is still on its way.
  if (letter === "z" && !document.querySelector("#toasts .toast-act")) say(word("noUndo"));
  return false;
}

export function start(): void {
  document.addEventListener("keydown", (event) => {
    if (command(event)) event.preventDefault();
  });
  document.addEventListener("focusin", () => {
    const row = current();
    if (!row) return;
    last = row;
    lastAt = rows().indexOf(row);
  });
  document.addEventListener("click", (event) => noteAct(event.target as Element));
  document.addEventListener("htmx:after:swap", () => setTimeout(restore, 0));
}
