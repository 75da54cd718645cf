/**
 * Ranking without dragging: `<ol data-ranks><li data-rank><input name="rank-7">…<button data-rank-up>`. The buttons move
 * an option up and down among those that have a rank; the numbers follow and the lines stand in their order.
 */
const lines = (list: Element): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(":scope > [data-rank]")];
const box = (line: Element): HTMLInputElement => line.querySelector("input") as HTMLInputElement;
const rank = (line: Element): number => Number.parseInt(box(line).value, 10) || Number.POSITIVE_INFINITY;

function arrange(list: HTMLElement, ranked: HTMLElement[]): void {
  for (const [place, line] of ranked.entries()) box(line).value = String(place + 1);
  const rest = lines(list).filter((line) => !ranked.includes(line));
  for (const line of rest) box(line).value = "";
  list.append(...ranked, ...rest);
}

function move(button: HTMLElement, by: -1 | 1): void {
  const line = button.closest<HTMLElement>("[data-rank]");
  const list = button.closest<HTMLElement>("[data-ranks]");
  if (!line || !list) return;
  const ranked = lines(list).filter((one) => Number.isFinite(rank(one))).sort((one, other) => rank(one) - rank(other));
  const place = ranked.indexOf(line);
  if (place < 0) {
    if (by < 0) ranked.push(line);
  } else {
    ranked.splice(place, 1);
    if (by < 0 || place < ranked.length) ranked.splice(Math.max(0, place + by), 0, line);
  }
  arrange(list, ranked);
  button.focus();
  const said = list.parentElement?.querySelector("[data-ranks-said]");
  const name = line.querySelector(".ballot-name")?.textContent ?? "";
  if (said) said.textContent = (list.dataset["said"] ?? "").replace("{name}", name).replace("{rank}", box(line).value || "–");
}

function ready(root: ParentNode): void {
  for (const acts of root.querySelectorAll<HTMLElement>("[data-rank-acts][hidden]")) acts.hidden = false;
}

export function start(): void {
  ready(document);
  document.addEventListener("htmx:after:swap", () => ready(document));
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-rank-up], [data-rank-down]");
    if (button) move(button, button.hasAttribute("data-rank-up") ? -1 : 1);
  });
}
