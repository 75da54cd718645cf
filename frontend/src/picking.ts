/**
 * Rows of a list chosen together: their boxes, `x`, Shift for all between, all on the page; then one act on all of them.
 * `<input type="checkbox" data-pick="7">`, `<div id="picked"><button data-bulk="done">`
 */
import htmx from "htmx.org";

const MOST = 200;
const chosen = new Set<string>();
let every = false;
let last: HTMLInputElement | null = null;

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("[data-pick]")];
}

/** The bar says how many; boxes of a list that was asked for again stand as they stood. */
function show(): void {
  const bar = document.getElementById("picked");
  if (!bar) return;
  const here = new Set(boxes().map((box) => box.dataset["pick"] ?? ""));
  for (const id of chosen) if (!here.has(id)) chosen.delete(id);
  for (const box of boxes()) box.checked = chosen.has(box.dataset["pick"] ?? "");
  const all = document.querySelector<HTMLInputElement>("[data-pick-all]");
  if (all) {
    all.checked = here.size > 0 && chosen.size === here.size;
    all.indeterminate = chosen.size > 0 && !all.checked;
  }
  bar.hidden = chosen.size === 0;
  const count = bar.querySelector(".picked-count");
  const number = chosen.size.toLocaleString(document.documentElement.lang, { useGrouping: false });
  bar.querySelector("[data-pick-every]")?.setAttribute("aria-pressed", String(every));
  if (count && every) count.textContent = bar.dataset["every"] ?? "";
  else if (count) count.textContent = (bar.dataset["count"] ?? "").replace("{count}", number);
}

function pick(box: HTMLInputElement, on: boolean): void {
  const id = box.dataset["pick"] ?? "";
  every = false;
  if (!on) chosen.delete(id);
  else if (chosen.size < MOST) chosen.add(id);
}

function clear(): void {
  chosen.clear();
  every = false;
  last = null;
  show();
}

export function start(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    // A finger that misses the box hits the place around it.
    if (target.matches("td.pick")) return target.querySelector<HTMLElement>("input")?.click();
    if (target instanceof HTMLInputElement && target.matches("[data-pick]")) {
      const all = boxes();
      const [from, to] = [last?.isConnected ? all.indexOf(last) : -1, all.indexOf(target)];
      const between = (event as MouseEvent).shiftKey && from >= 0 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [target];
      for (const box of between) pick(box, target.checked);
      last = target;
      show();
    } else if (target instanceof HTMLInputElement && target.matches("[data-pick-all]")) {
      for (const box of boxes()) pick(box, target.checked);
      show();
    } else if (target.closest("[data-pick-none]")) clear();
    else if (target.closest("[data-pick-every]")) {
      every = !every;
      show();
    }
    const act = target.closest<HTMLElement>("[data-bulk]")?.dataset["bulk"];
    if (!act || !chosen.size) return;
    const { list = "", query = "" } = document.getElementById("picked")?.dataset ?? {};
    const which = every ? { every: "yes", list, query } : { items: [...chosen].join(",") };
    const address = `/work-items/bulk-edits/new?${new URLSearchParams({ act, ...which } as Record<string, string>)}`;
    void htmx.ajax("GET", address, { source: document.getElementById("picked") ?? document.body, target: "#dialog", swap: "innerHTML" });
  });
  document.addEventListener("item-changed", clear);
  document.addEventListener("htmx:after:swap", () => setTimeout(show, 0));
}
