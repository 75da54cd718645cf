/**
 * A double click on an act of a row acts once: when the row goes away, the next one comes to lie under the pointer, and
 * the second half of the click was not meant for it.
 */
const WITHIN = 600;
const NEAR = 12;

let row: Element | null = null;
let at = 0;
let place = { x: 0, y: 0 };

function swallowed(event: MouseEvent): boolean {
  const target = event.target as Element;
  const here = target.closest?.("[data-rows] > *") ?? null;
  const acts = Boolean(here && target.closest("button, a[data-key]"));
  const near = Math.hypot(event.clientX - place.x, event.clientY - place.y) <= NEAR;
  // From the keyboard nothing comes to lie under anything.
  const pointer = event.detail > 0;
  const again = pointer && acts && near && here !== row && row !== null && event.timeStamp - at < WITHIN;
  if (!again && pointer) {
    row = acts ? here : null;
    at = event.timeStamp;
    place = { x: event.clientX, y: event.clientY };
  }
  return again;
}

export function start(): void {
  document.addEventListener(
    "click",
    (event) => {
      if (!swallowed(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}
