/**
 * Cells of a list changed where they stand: a click, or Enter or F2 on a cell (F2 on the title), opens a small form over
 * it; Enter saves, Escape leaves. The arrows walk from the title through the cells of a row, and up and down.
 * `<tr data-row="PARKS-7"><th data-cell="title"><a class="row-title">…</a></th><td data-cell="due" tabindex="-1">…`
 * On the page of an item a property is such a cell too, with a button of its own: `<dd data-cell="due">…<button data-cell-open>`.
 */
import htmx from "htmx.org";
import { mayGo, written } from "./dialog";
import { place } from "./menu";

const LATER = 5000;
/** The room of the two buttons beside what is written. */
const BESIDE = 88;
const LEAST = 384;
let from: { row: string; cell: string } | null = null;
/** Until when a cell whose form was closed gets the focus back, should the list that comes again take it away. */
let until = 0;

const panel = (): HTMLElement | null => document.getElementById("cell");
const cellOf = (target: EventTarget | null): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>("[data-row] [data-cell]") : null);

/** What takes the focus in a cell: the link of the title, the button that opens it, else the cell. */
function point(cell: HTMLElement | null | undefined): boolean {
  const found = cell?.querySelector<HTMLElement>("a.row-title,[data-cell-open]") ?? cell;
  found?.focus();
  found?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return Boolean(found);
}

function again(): HTMLElement | null {
  if (!from) return null;
  return document.querySelector<HTMLElement>(`[data-row="${CSS.escape(from.row)}"] [data-cell="${CSS.escape(from.cell)}"]`);
}

function close({ back = true } = {}): void {
  const box = panel();
  if (!box?.matches(":popover-open")) return;
  box.hidePopover();
  box.replaceChildren();
  until = back ? performance.now() + LATER : 0;
  if (back) point(again());
}

async function open(cell: HTMLElement): Promise<void> {
  const box = panel();
  const row = cell.closest<HTMLElement>("[data-row]")?.dataset["row"];
  if (!box || !row) return;
  from = { row, cell: cell.dataset["cell"] ?? "" };
  await htmx.ajax("GET", `/work-items/${row}/cells/${from.cell}`, { source: box, target: box, swap: "innerHTML" }).catch(() => undefined);
}

/** The form came, for the first time or with what was wrong. */
function show(): void {
  const box = panel();
  const cell = again();
  if (!box?.childElementCount || !cell) return;
  if (!box.matches(":popover-open")) box.showPopover();
  // A title is written on a line as wide as its own.
  box.style.inlineSize = from?.cell === "title" ? `${Math.max(cell.getBoundingClientRect().width + BESIDE, LEAST)}px` : "";
  place(box, cell);
  box.style.top = `${Math.max(8, Math.min(cell.getBoundingClientRect().top - 4, innerHeight - box.offsetHeight - 8))}px`;
  // A day's field is dressed a moment later.
  setTimeout(() => {
    const first = box.querySelector<HTMLElement>("input.input") ?? box.querySelector<HTMLElement>("[aria-pressed=true]") ?? box.querySelector<HTMLElement>("button");
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }, 30);
}

function beside(cell: HTMLElement, key: string): HTMLElement | null | undefined {
  const row = cell.closest<HTMLElement>("[data-row]");
  const inRow = [...(row?.querySelectorAll<HTMLElement>("[data-cell]") ?? [])];
  if (key === "ArrowLeft" || key === "ArrowRight") {
    return inRow[inRow.indexOf(cell) + ((key === "ArrowRight") === (document.documentElement.dir !== "rtl") ? 1 : -1)];
  }
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const next = row && rows[rows.indexOf(row) + (key === "ArrowDown" ? 1 : -1)];
  return next?.querySelector<HTMLElement>(`[data-cell="${cell.dataset["cell"]}"]`) ?? next?.querySelector<HTMLElement>("[data-cell]");
}

function key(event: KeyboardEvent): void {
  const box = panel();
  const target = event.target as HTMLElement;
  if (box?.contains(target)) {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      if (mayGo(box)) close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && target.matches(".menu-item")) {
      const all = [...box.querySelectorAll<HTMLElement>(".menu-item")];
      all.at((all.indexOf(target) + step) % all.length)?.focus();
      event.preventDefault();
    }
    return;
  }
  const cell = cellOf(target);
  if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target.matches("a:not(.row-title),[data-cell-open]") && event.key !== "F2") return;
  const title = target.matches("a.row-title");
  if (event.key === "F2" || (event.key === "Enter" && !title)) void open(cell);
  else if (event.key === "Escape" && !title) point(cell.closest("[data-row]")?.querySelector<HTMLElement>('[data-cell="title"]'));
  else if (!event.key.startsWith("Arrow") || !point(beside(cell, event.key))) return;
  event.preventDefault();
}

export function start(): void {
  document.addEventListener("keydown", key);
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const box = panel();
    if (target.closest("[data-cell-close]")) return box && mayGo(box) ? close() : undefined;
    const cell = cellOf(target);
    const outside = box?.matches(":popover-open") && !box.contains(target) && !target.closest(".calendar,.options");
    // What was written stands until it is saved or given up; a link of the page asks as it is left.
    if (box && outside && written(box)) return box.querySelector<HTMLElement>("input.input")?.focus();
    if (cell && target.closest("[data-cell-open]")) void open(cell);
    else if (cell && cell.dataset["cell"] !== "title" && !target.closest("a,button,input")) void open(cell);
    else if (outside) close({ back: false });
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.target === panel() || (event.target as Element).closest?.("#cell")) show();
    else if (performance.now() < until && document.activeElement === document.body) point(again());
  });
  // It is saved: the list asks for itself again, and the focus goes back to where it was.
  document.addEventListener("item-changed", () => close());
  document.addEventListener("change", (event) => {
    const value = event.target as HTMLInputElement;
    if (value.name === "value" && value.type === "hidden" && value.closest("#cell .combobox")) value.form?.requestSubmit();
  });
}
