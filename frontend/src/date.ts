/**
 * Days: `<div class="date" data-date><input class="input" type="date" name="due" id="f-due" value="2026-11-23"></div>`.
 * Gregorian people keep the browser's own field; Jalali people get one they can type "۱۴۰۵/۹/۲" into, with a calendar.
 */
async function dress(): Promise<void> {
  const waiting = document.querySelectorAll<HTMLElement>("[data-date]:not([data-ready])");
  if (!waiting.length || document.documentElement.dataset["calendar"] !== "jalali") return;
  const { JalaliField } = await import("./jalali");
  for (const box of waiting) {
    const input = box.querySelector<HTMLInputElement>("input[type=date]");
    if (!input || "ready" in box.dataset) continue;
    box.dataset["ready"] = "";
    new JalaliField(box, input);
  }
}

export function start(): void {
  void dress();
  document.addEventListener("htmx:after:swap", () => void dress());
}
