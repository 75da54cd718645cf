/**
 * Quick add: `<form data-quick>` with the line #quick-text. The server says what it understands; here a piece is put
 * into quotes (`data-leave="5,13"`) or written more exactly (`data-write="5,13" data-text="@Maria_Lekka"`).
 * Shift-Enter presses `[data-quick-more]`, the whole form.
 */
function line(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>("#quick-text");
}

/** Places are counted in characters as the server counts them, not in halves of pairs. */
function put(span: string, make: (piece: string) => string): void {
  const field = line();
  const [start = 0, end = 0] = span.split(",").map(Number);
  if (!field) return;
  const letters = [...field.value];
  field.value = letters.slice(0, start).join("") + make(letters.slice(start, end).join("")) + letters.slice(end).join("");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function start(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest?.<HTMLElement>("[data-quick] :is([data-leave],[data-write])");
    if (!button) return;
    const { leave, write, text } = button.dataset;
    if (leave) put(leave, (piece) => `"${piece}"`);
    else if (write) put(write, () => text ?? "");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.shiftKey || event.isComposing || event.target !== line()) return;
    event.preventDefault();
    line()?.form?.querySelector<HTMLElement>("[data-quick-more]")?.click();
  });
  // The next line can be written at once.
  document.addEventListener("htmx:after:swap", (event) => {
    const field = line();
    if (field && event.target instanceof HTMLDialogElement && document.activeElement !== field) field.focus();
  });
}
