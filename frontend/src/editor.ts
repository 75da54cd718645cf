/** Long text: grows as one writes, Ctrl-Enter sends; in a composer Enter alone sends too when `data-enter` is set. */
function grow(area: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
}

/** Sends the form of a long text as its button does. Where one writes line by line, an empty one is not sent. */
export function send(area: Element | null): void {
  if (!(area instanceof HTMLTextAreaElement) || !area.form) return;
  const files = area.form.querySelector(".uploads [name='files[]']"); // they need no words
  if (area.value.trim() || files || !("enter" in area.dataset || area.form.matches("[data-talk]"))) area.form.requestSubmit();
}

export function start(): void {
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement) grow(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const area = event.target;
    if (event.key !== "Enter" || event.isComposing || !(area instanceof HTMLTextAreaElement)) return;
    const wanted = event.ctrlKey || event.metaKey || ("enter" in area.dataset && !event.shiftKey && matchMedia("(hover: hover)").matches);
    if (!wanted || !area.form) return;
    event.preventDefault();
    send(area);
  });
  // After an answer that was accepted the composer is empty again.
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { status: number } } }>).detail;
    const form = event.target;
    if (form instanceof HTMLFormElement && form.matches("[data-clear]") && (ctx.response?.status ?? 500) < 300) form.reset();
  });
}
