/**
 * Days: `<div class="date" data-date><input class="input" type="date" name="due" id="f-due" value="2026-11-23"></div>`.
 * A field one can type "23/11/2026", "۱۴۰۵/۹/۲" or "tomorrow" into, with a calendar, in the person's own calendar and
 * language: the browser's own field follows the browser's. `data-date="over"` is for a day that has come: "yesterday" is
 * understood, and 25/11 is the last one; `data-date="ahead"` for a day to come: of "yesterday" it says that it is past; `data-date="either"` reads
 * words of a day to come first, else those of one that has come.
 * On touch screens Gregorian people keep the browser's.
 */
import { DateField } from "./calendar";
import { GREGORIAN } from "./days";

async function dress(): Promise<void> {
  const waiting = document.querySelectorAll<HTMLElement>("[data-date]:not([data-ready])");
  const jalali = document.documentElement.dataset["calendar"] === "jalali";
  if (!waiting.length || (!jalali && matchMedia("(pointer: coarse)").matches)) return;
  const by = jalali ? (await import("./jalali")).JALALI : GREGORIAN;
  for (const box of waiting) {
    const input = box.querySelector<HTMLInputElement>("input[type=date]");
    if (!input || "ready" in box.dataset) continue;
    box.dataset["ready"] = "";
    new DateField(box, input, by);
  }
}

export function start(): void {
  void dress();
  document.addEventListener("htmx:after:swap", () => void dress());
}
