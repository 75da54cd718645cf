/** `<time datetime="…" data-relative>`: "5 minutes ago" grows older while the page stands open. */
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function refresh(format: Intl.RelativeTimeFormat): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    const seconds = (Date.parse(element.dateTime) - Date.now()) / 1000;
    // Beyond a week the server wrote the date itself, which does not age.
    if (Number.isNaN(seconds) || Math.abs(seconds) > 7 * 86_400) continue;
    const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
    const text = format.format(Math.trunc(seconds / length), unit);
    if (element.textContent !== text) element.textContent = text;
  }
}

export function start(): void {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  setInterval(() => document.visibilityState === "visible" && refresh(format), 60_000);
}
