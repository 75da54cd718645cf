/**
 * However much somebody reads, only what is near stands on the page. A run of messages far from view is taken out, and an
 * empty stretch as high stands for it until one comes near again; so nothing moves, and a page of thousands of messages
 * costs what one of hundreds does.
 */
interface Away {
  nodes: HTMLElement[];
  heights: number[];
  ids: Set<string>;
  /** Those that changed meanwhile. */
  changed: Set<string>;
}

/** Messages and days that go together, and how many may stand in what was read before any goes. */
const RUN = 80;
const MOST = 240;
/** In heights of the box: what is further away may go, what comes as near stands again. */
const FAR = 4;
const NEAR = 2;
const REST = 300;
const PLACE = "talk-away";
const away = new WeakMap<Element, Away>();

/** Whether a run may begin here. A day that is not said twice has no place of its own. */
function begins(element: Element | null): boolean {
  return element !== null && element.matches(".talk-day:not([hidden]), .message:not(.message-more)");
}

/** What somebody is at stays, and so does what a way leads to. */
function held(run: Element[]): boolean {
  return run.some((one) => one.contains(document.activeElement) || one.matches("#talk-new, .message-sought") || one.querySelector("form textarea, :popover-open, #talk-new"));
}

/** The runs of `past` that are far from what is seen, none with its last message, after which the newest follow. */
function runs(box: HTMLElement, past: HTMLElement): HTMLElement[][] {
  const view = box.getBoundingClientRect();
  const far = FAR * box.clientHeight;
  const found: HTMLElement[][] = [];
  let run: HTMLElement[] = [];
  for (const one of past.children as HTMLCollectionOf<HTMLElement>) {
    if (!one.matches(".message, .talk-day") || (!run.length && !begins(one))) {
      run = [];
      continue;
    }
    run.push(one);
    if (run.length < RUN || !begins(one.nextElementSibling)) continue;
    const [top, bottom] = [run[0]?.getBoundingClientRect().top ?? 0, one.getBoundingClientRect().bottom];
    if ((top > view.bottom + far || bottom < view.top - far) && !held(run)) found.push(run);
    run = [];
  }
  return found;
}

function top(element: Element): number {
  return element.getBoundingClientRect().top;
}

function take(run: HTMLElement[]): HTMLElement | undefined {
  const [first, next] = [run[0], run.at(-1)?.nextElementSibling];
  if (!first || !next) return;
  const height = top(next) - top(first);
  const heights = run.map((one) => one.getBoundingClientRect().height);
  const place = document.createElement("div");
  place.className = PLACE;
  // The last day in it, after which the same day is not said again.
  place.dataset["days"] = run.filter((one) => one.dataset["day"]).at(-1)?.dataset["day"] ?? "";
  place.style.blockSize = `${height}px`;
  first.before(place);
  for (const one of run) one.remove();
  place.style.blockSize = `${2 * height - (top(next) - top(place))}px`;
  away.set(place, { nodes: run, heights, ids: new Set(run.map((one) => one.dataset["message"] ?? "")), changed: new Set() });
  return place;
}

function bring(place: Element): void {
  const kept = away.get(place);
  if (!kept || !place.isConnected) return;
  away.delete(place);
  // Each is as high as it was, though it is laid out only when it is seen.
  kept.nodes.forEach((one, at) => one.matches(".message") && one.style.setProperty("contain-intrinsic-block-size", `auto ${kept.heights[at]}px`));
  place.replaceWith(...kept.nodes);
  for (const id of kept.changed) document.dispatchEvent(new CustomEvent("hint", { detail: { kind: "message", id, version: null } }));
}

export function start(box: HTMLElement, past: HTMLElement, days: () => void): void {
  const places = (): Element[] => [...past.querySelectorAll(`:scope > .${PLACE}`)];
  const near = new IntersectionObserver(
    (entries) => {
      const come = entries.filter((entry) => entry.isIntersecting && entry.target.isConnected);
      for (const { target } of come) {
        near.unobserve(target);
        bring(target);
      }
      if (come.length) days();
    },
    { root: box, rootMargin: `${NEAR * 100}% 0px` },
  );
  let pending: ReturnType<typeof setTimeout> | undefined;
  const tidy = (): void => {
    pending = undefined;
    if (past.childElementCount < MOST) return;
    for (const run of runs(box, past)) {
      const place = take(run);
      if (place) near.observe(place);
    }
  };
  const soon = (): void => {
    pending ??= setTimeout(tidy, REST);
  };
  box.addEventListener("scroll", soon, { passive: true });
  document.addEventListener("htmx:after:swap", soon);
  document.addEventListener("hint", (event) => {
    const { kind, id } = (event as CustomEvent<{ kind: string; id: number | string }>).detail;
    if (kind !== "message") return;
    for (const place of places()) if (away.get(place)?.ids.has(String(id))) away.get(place)?.changed.add(String(id));
  });
  // On paper stands all that was read.
  addEventListener("beforeprint", () => places().forEach(bring));
}
