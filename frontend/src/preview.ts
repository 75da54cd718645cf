/**
 * How a message will look while it is written, rendered by the server as it will be said. Nothing is asked while the
 * preview is closed, and while one writes only in the pauses.
 * In a `form.composer`: `<button data-preview aria-controls="x">` and `<div id="x" class="composer-preview" hx-post>`.
 * Keys: Ctrl Alt P opens and closes it, Escape closes it.
 */
import htmx from "htmx.org";

const PAUSE = 300;
let pause: ReturnType<typeof setTimeout> | undefined;
/** The panels that are open: what is sent comes back as a new composer, in which nothing is. */
const open = new Set<string>();
/** Those that were just opened: where one of them lies out of sight, it is brought there once. */
const opening = new WeakSet<Element>();

function panelOf(place: Element): HTMLElement | null {
  return place.closest(".composer")?.querySelector<HTMLElement>(".composer-preview") ?? null;
}

function ask(panel: HTMLElement, wait = 0): void {
  clearTimeout(pause);
  pause = setTimeout(() => panel.isConnected && !panel.hidden && htmx.trigger(panel, "look", {}, false), wait);
}

function turn(panel: HTMLElement, on: boolean): void {
  panel.hidden = !on;
  panel.closest(".composer")?.querySelector("[data-preview]")?.setAttribute("aria-expanded", String(on));
  if (on) open.add(panel.id);
  else open.delete(panel.id);
  if (!on) return;
  opening.add(panel);
  ask(panel);
}

function keys(event: KeyboardEvent): void {
  const panel = event.target instanceof Element ? panelOf(event.target) : null;
  if (!panel) return;
  const opens = event.code === "KeyP" && event.altKey && (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
  const closes = event.key === "Escape" && panel.hidden === false;
  if (!opens && !closes) return;
  event.preventDefault();
  event.stopPropagation();
  if (panel.contains(document.activeElement)) panel.closest(".composer")?.querySelector("textarea")?.focus();
  turn(panel, !closes && panel.hidden !== false);
}

export function start(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-preview]");
    const panel = button && panelOf(button);
    if (panel) turn(panel, panel.hidden !== false);
  });
  // Whoever writes goes on writing: the pointer takes no focus from the text.
  document.addEventListener("mousedown", (event) => {
    if ((event.target as Element).closest("[data-preview]")) event.preventDefault();
  });
  document.addEventListener("input", (event) => {
    const panel = event.target instanceof HTMLTextAreaElement ? panelOf(event.target) : null;
    if (panel && !panel.hidden) ask(panel, PAUSE);
  });
  document.addEventListener("keydown", keys, true);
  // What was refused stands in the composer again, and so does its preview; after what was said it is closed.
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.target instanceof HTMLElement && opening.delete(event.target)) event.target.scrollIntoView({ block: "nearest" });
    const panel = event.target instanceof HTMLFormElement ? panelOf(event.target) : null;
    if (!panel || !open.has(panel.id)) return;
    turn(panel, Boolean(panel.closest(".composer")?.querySelector("textarea")?.value));
  });
}
