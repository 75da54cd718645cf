/**
 * Ranking without dragging: `<ol data-ranks><li data-rank><input name="rank-7">…<button data-rank-add>…`. What is chosen
 * next gets the next number; what has one is moved up and down or taken out. The lines stand in the order of their
 * numbers. A number may also be typed, in the reader's digits or in Latin ones; the lines then stay where they are.
 */
const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
export const latin = (text: string): string =>
  text.replace(/[۰-۹٠-٩]/g, (sign) => String((sign.codePointAt(0) ?? 0) & 15));
export const shown = (number: number): string =>
  document.documentElement.lang === "fa" ? String(number).replace(/\d/g, (sign) => PERSIAN[Number(sign)] ?? sign) : String(number);

const lines = (list: Element): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(":scope > [data-rank]")];
const box = (line: Element): HTMLInputElement => line.querySelector("input") as HTMLInputElement;
const rank = (line: Element): number => Number.parseInt(latin(box(line).value), 10) || Number.POSITIVE_INFINITY;

/** Which buttons make sense: choosing where there is no number, moving where there is one. */
function offer(list: HTMLElement): void {
  for (const line of lines(list)) {
    const chosen = box(line).value.trim() !== "";
    for (const one of line.querySelectorAll<HTMLElement>("[data-rank-add]")) one.hidden = chosen;
    for (const one of line.querySelectorAll<HTMLElement>("[data-rank-moves]")) one.hidden = !chosen;
  }
}

function arrange(list: HTMLElement, ranked: HTMLElement[]): void {
  for (const [place, line] of ranked.entries()) box(line).value = shown(place + 1);
  const rest = lines(list).filter((line) => !ranked.includes(line));
  for (const line of rest) box(line).value = "";
  list.append(...ranked, ...rest);
  offer(list);
}

const BUTTONS = "[data-rank-add], [data-rank-up], [data-rank-down], [data-rank-out]";

function press(button: HTMLElement): void {
  const line = button.closest<HTMLElement>("[data-rank]");
  const list = button.closest<HTMLElement>("[data-ranks]");
  if (!line || !list) return;
  const ranked = lines(list).filter((one) => Number.isFinite(rank(one))).sort((one, other) => rank(one) - rank(other));
  const place = ranked.indexOf(line);
  if (place >= 0) ranked.splice(place, 1);
  const out = button.hasAttribute("data-rank-out");
  if (button.hasAttribute("data-rank-add") || place < 0) ranked.push(line);
  else if (!out) ranked.splice(Math.max(0, place + (button.hasAttribute("data-rank-up") ? -1 : 1)), 0, line);
  arrange(list, ranked);
  const next = out ? "[data-rank-add]" : "[data-rank-up]";
  (button.closest("[hidden]") ? line.querySelector<HTMLElement>(next) : button)?.focus();
  const said = list.parentElement?.querySelector("[data-ranks-said]");
  const name = line.querySelector(".ballot-name")?.textContent ?? "";
  const words = (out ? list.dataset["out"] : list.dataset["said"]) ?? "";
  if (said) said.textContent = words.replace("{name}", name).replace("{rank}", box(line).value);
}

/** The buttons of every line come from one template: 200 options would carry 800 of them over the wire. */
function equip(list: HTMLElement): void {
  const tools = list.parentElement?.querySelector<HTMLTemplateElement>("[data-rank-tools]");
  for (const line of tools ? lines(list) : []) {
    if (line.querySelector("[data-rank-add]")) continue;
    const made = tools?.content.cloneNode(true) as DocumentFragment;
    const name = line.querySelector(".ballot-name")?.textContent?.trim() ?? "";
    for (const button of made.querySelectorAll("button")) {
      button.setAttribute("aria-label", `${button.getAttribute("aria-label") ?? ""}: ${name}`);
    }
    line.append(made);
  }
}

function ready(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>("[data-ranks]")) {
    equip(list);
    list.append(...lines(list).sort((one, other) => (rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0)));
    offer(list);
  }
}

export function start(): void {
  ready(document);
  document.addEventListener("htmx:after:swap", () => ready(document));
  document.addEventListener("input", (event) => {
    const list = (event.target as Element).closest<HTMLElement>("[data-ranks]");
    if (list) offer(list);
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>(BUTTONS);
    if (button) press(button);
  });
}
