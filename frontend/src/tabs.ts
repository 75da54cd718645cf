/** A row of tabs that is wider than the screen stands where its current tab is seen. */
function show(): void {
  for (const current of document.querySelectorAll<HTMLElement>(".tabs > [aria-current]")) {
    const row = current.parentElement;
    if (!row || row.scrollWidth <= row.clientWidth) continue;
    const [box, one] = [row.getBoundingClientRect(), current.getBoundingClientRect()];
    row.scrollLeft += one.left + one.width / 2 - (box.left + box.width / 2);
  }
}

export function start(): void {
  show();
  document.addEventListener("htmx:after:swap", show);
}
