/**
 * Whoever goes back to a list stands again where they left it: the same row has the keyboard, and the page the same place
 * under the eyes. The browser keeps only the second, and only while nothing above has changed.
 */
const KEPT = "places";
const MOST = 40;

interface Place {
  at: string;
  focus: string;
  top: number;
  down: number;
}

/** Each step of the history by itself, where the browser tells them apart; else by address. */
function here(): string {
  const { navigation } = window as unknown as { navigation?: { currentEntry?: { key?: string } } };
  return navigation?.currentEntry?.key ?? location.href;
}

function places(): Place[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") as Place[];
  } catch {
    return [];
  }
}

function keep(): void {
  const focused = document.activeElement;
  const row = focused?.closest<HTMLElement>("[data-rows] > [id]") ?? (focused?.closest("main") ? focused : null);
  const at = here();
  const kept = places().filter((place) => place.at !== at);
  kept.push({ at, focus: row?.id ?? "", top: row?.getBoundingClientRect().top ?? 0, down: scrollY });
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(kept.slice(-MOST)));
  } catch {
    // No room to keep it: the browser's own place has to do.
  }
}

function restore(): void {
  const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (how?.type !== "back_forward" || location.hash) return;
  const at = here();
  const place = places().find((each) => each.at === at);
  if (!place) return;
  const row = place.focus ? document.getElementById(place.focus) : null;
  if (!row) return scrollTo(0, place.down);
  const link = row.matches("a,button,input,select,textarea") ? row : row.querySelector<HTMLElement>("[data-open],.row-title[href],.row-title a,a[href],button");
  link?.focus({ preventScroll: true });
  scrollBy(0, row.getBoundingClientRect().top - place.top);
}

export function start(): void {
  addEventListener("pagehide", keep);
  // The browser puts its own place a moment later, when it has drawn.
  requestAnimationFrame(() => setTimeout(restore, 0));
}
