/** The look changes at once; the server keeps the choice by the form the button stands in. */
export function start(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest?.<HTMLButtonElement>("[data-themes] button[name=theme]");
    if (!button) return;
    document.documentElement.dataset["theme"] = button.value;
    for (const other of button.form?.querySelectorAll("button[name=theme]") ?? []) {
      other.setAttribute("aria-pressed", String(other === button));
    }
  });
}
