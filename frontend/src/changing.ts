/** Escape leaves the change of a message, as its button does; words that would be lost are asked for. */
function leave(event: KeyboardEvent): void {
  const field = event.target as Element;
  const way = field.closest(".message-changed")?.querySelector<HTMLElement>("[data-leave]");
  // What a field proposes is closed first.
  if (!way || event.key !== "Escape" || event.isComposing || field.getAttribute("aria-expanded") === "true") return;
  event.preventDefault();
  const area = way.closest("form")?.querySelector("textarea");
  if (area?.value === area?.defaultValue || confirm(way.dataset["leave"])) way.click();
}

export function start(): void {
  document.addEventListener("keydown", leave, true);
}
