/**
 * Lines put in another order: `<ul data-sort="/work-items/PARKS-7/checklist"><li data-step="3"><button data-grip id="…">`.
 * The grip is dragged, or moved with Alt and the arrow keys; the server is told the line's new place and answers with
 * the list as it is then.
 */
import htmx from "htmx.org";

let dragged: HTMLElement | null = null;

function lines(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(":scope > [data-step]")];
}

async function tell(line: HTMLElement): Promise<void> {
  const list = line.closest<HTMLElement>("[data-sort]");
  const part = list?.closest("section");
  if (!list || !part) return;
  const position = lines(list).indexOf(line) + 1;
  const grip = line.querySelector("[data-grip]")?.id;
  await htmx.ajax("PATCH", `${list.dataset["sort"]}/${line.dataset["step"]}`, { target: part, swap: "outerHTML", values: { position } });
  if (grip) document.getElementById(grip)?.focus();
}

function over(event: PointerEvent): void {
  const list = dragged?.parentElement;
  if (!dragged || !list) return;
  const after = lines(list).find((line) => line !== dragged && event.clientY < line.getBoundingClientRect().top + line.offsetHeight / 2);
  if (after) after.before(dragged);
  else list.append(dragged);
}

function drop(kept: boolean): void {
  document.removeEventListener("pointermove", over);
  const line = dragged;
  dragged = null;
  line?.classList.remove("step-dragged");
  if (!line) return;
  if (kept && line.dataset["from"] !== String(lines(line.parentElement as Element).indexOf(line))) void tell(line);
}

export function start(): void {
  document.addEventListener("pointerdown", (event) => {
    const grip = (event.target as Element).closest?.<HTMLElement>("[data-sort] [data-grip]");
    const line = grip?.closest<HTMLElement>("[data-step]");
    if (!grip || !line || event.button !== 0) return;
    dragged = line;
    line.dataset["from"] = String(lines(line.parentElement as Element).indexOf(line));
    line.classList.add("step-dragged");
    document.addEventListener("pointermove", over);
  });
  document.addEventListener("pointerup", () => drop(true));
  document.addEventListener("pointercancel", () => drop(false));
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const line = (event.target as Element).closest?.<HTMLElement>("[data-sort] > [data-step]");
    const other = event.key === "ArrowUp" ? line?.previousElementSibling : line?.nextElementSibling;
    if (!line || !other) return;
    event.preventDefault();
    if (event.key === "ArrowUp") other.before(line);
    else other.after(line);
    void tell(line);
  });
}
