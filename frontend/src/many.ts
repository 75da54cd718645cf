/**
 * Choosing several: whoever is chosen in the combobox becomes a chip with a field of its own.
 * `<div data-many="members[]"><ul></ul><div class="combobox">…<input type="hidden" data-chosen></div></div>`.
 */
import { icon } from "./words";

function chip(box: HTMLElement, id: string, name: string): HTMLElement {
  const one = document.createElement("li");
  one.className = "many-one";
  const shown = document.createElement("bdi");
  shown.textContent = name;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet button-icon button-small";
  button.dataset["unchoose"] = "";
  button.setAttribute("aria-label", `${box.dataset["remove"] ?? ""} ${name}`);
  button.append(icon("x"));
  const value = document.createElement("input");
  value.type = "hidden";
  value.name = box.dataset["many"] ?? "";
  value.value = id;
  one.append(shown, button, value);
  return one;
}

function choose(value: HTMLInputElement): void {
  const box = value.closest<HTMLElement>("[data-many]");
  const field = box?.querySelector<HTMLInputElement>(".combobox input:not([type=hidden])");
  const list = box?.querySelector("ul.many-chosen");
  if (!box || !field || !list || !value.value) return;
  const known = [...list.querySelectorAll<HTMLInputElement>("input")].some((each) => each.value === value.value);
  if (!known) list.append(chip(box, value.value, field.value));
  value.value = field.value = "";
  field.focus();
}

export function start(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-unchoose]")) button.hidden = false;
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches("[data-chosen]")) choose(event.target);
  });
  document.addEventListener("click", (event) => {
    const one = (event.target as Element).closest("[data-unchoose]")?.closest(".many-one");
    if (!one) return;
    const field = one.closest("[data-many]")?.querySelector<HTMLElement>(".combobox input:not([type=hidden])");
    one.remove();
    field?.focus();
  });
  // In an empty field the key that deletes takes back whom one chose last.
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Backspace" || !(field instanceof HTMLInputElement) || field.value) return;
    field.closest("[data-many]")?.querySelector(".many-chosen > .many-one:last-child")?.remove();
  });
}
