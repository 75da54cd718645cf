/**
 * How many dots are left while one spreads them: `<p data-dots="5" data-left="… {count}" data-over="… {count}" hidden
 * aria-live="polite">` in the form of a ballot. What is no number counts as none; the server says what is wrong with it.
 */
import { latin, shown } from "./ranking";

function count(said: HTMLElement): void {
  const fields = said.closest("form")?.querySelectorAll<HTMLInputElement>(".ballot-number") ?? [];
  const given = [...fields].reduce((sum, field) => sum + (Number.parseInt(latin(field.value), 10) || 0), 0);
  const left = Number(said.dataset["dots"]) - given;
  const words = (left < 0 ? said.dataset["over"] : said.dataset["left"]) ?? "";
  said.textContent = words.replace("{count}", shown(Math.abs(left)));
  said.classList.toggle("field-error", left < 0);
  said.hidden = false;
}

function ready(): void {
  for (const said of document.querySelectorAll<HTMLElement>("[data-dots]")) count(said);
}

export function start(): void {
  ready();
  document.addEventListener("htmx:after:swap", ready);
  document.addEventListener("input", (event) => {
    const said = (event.target as Element).closest(".ballot form")?.querySelector<HTMLElement>("[data-dots]");
    if (said) count(said);
  });
}
