/**
 * One option among many, by a word: `<div data-find hidden><label>…<input type="search"><p aria-live>` in the form of a
 * ballot, or in `[data-find-in]` beside `[data-find-lines]`. Lines without the word are out of sight; what was entered in them stays and is sent.
 */
const folded = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ς/g, "σ").replace(/ي/g, "ی").replace(/ك/g, "ک");

function find(field: HTMLElement, typed: string): void {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  let found = 0;
  const lines = ".ballot-rank, .ballot-column > .ballot-choice, [data-find-lines] > *";
  for (const line of field.closest("form, [data-find-in]")?.querySelectorAll<HTMLElement>(lines) ?? []) {
    const text = folded(line.textContent ?? "");
    line.hidden = !words.every((word) => text.includes(word));
    if (!line.hidden) found += 1;
  }
  const shown = new Intl.NumberFormat(document.documentElement.lang === "fa" ? "fa" : "en").format(found);
  const said = field.querySelector("[aria-live]");
  if (said) said.textContent = words.length ? (field.dataset["found"] ?? "").replace("{count}", shown) : "";
}

function ready(): void {
  for (const field of document.querySelectorAll<HTMLElement>("[data-find]")) field.hidden = false;
}

export function start(): void {
  ready();
  document.addEventListener("htmx:after:swap", ready);
  document.addEventListener("input", (event) => {
    const input = event.target as HTMLInputElement;
    const field = input.closest<HTMLElement>("[data-find]");
    if (field) find(field, input.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.target as Element).closest("[data-find]")) event.preventDefault();
  });
}
