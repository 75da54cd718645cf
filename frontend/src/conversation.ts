import { unfold } from "./whole";

/**
 * A conversation that fills the page: it opens at what is new, stays at the newest while one reads there, and what was
 * said earlier comes in above as one scrolls, without a jump.
 * `<div data-talk-scroll>` holds `#talk-past` and `#talk-messages`; `#talk-new` is the first unread message.
 */
const NEAR = 80;
const AHEAD = "800px 0px 0px 0px";

function atEnd(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
}

/** Where one begins to read: the message asked for, what is new, or the end. */
function open(box: HTMLElement): void {
  const asked = new URLSearchParams(location.search).get("at");
  const sought = asked ? box.querySelector<HTMLElement>(`[data-seq="${CSS.escape(asked)}"]`) : null;
  sought?.classList.add("message-sought");
  if (sought) unfold(sought);
  const first = sought ?? box.querySelector<HTMLElement>("#talk-new");
  if (first) first.scrollIntoView({ block: "center" });
  else box.scrollTop = box.scrollHeight;
  sought?.focus({ preventScroll: true });
}

/** One line for each day, where two stretches meet. */
function days(box: HTMLElement): void {
  let last = "";
  for (const day of box.querySelectorAll<HTMLElement>("[data-day]")) {
    day.hidden = day.dataset["day"] === last;
    last = day.dataset["day"] ?? "";
  }
}

/** The message one reads: the first that is seen whole. They stand in their order, so it is found by halving. */
function read(box: HTMLElement): HTMLElement | undefined {
  const top = box.getBoundingClientRect().top;
  const all = box.querySelectorAll<HTMLElement>(".message");
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.getBoundingClientRect().top ?? 0) < top) low = middle + 1;
    else high = middle;
  }
  return all[low];
}

/**
 * The message one reads keeps its place, whatever comes or changes its height above it: what was said earlier, a picture,
 * a message that is laid out only when it comes near. Whoever reads at the end stays there, also while the composer grows.
 */
function hold(box: HTMLElement): () => void {
  const place = (message: HTMLElement): number => message.getBoundingClientRect().top - box.getBoundingClientRect().top;
  let held: { message: HTMLElement; at: number } | undefined;
  let stay = atEnd(box);
  let top = box.scrollTop;
  const take = (): void => {
    stay = atEnd(box);
    top = box.scrollTop;
    const message = read(box);
    held = message && { message, at: place(message) };
  };
  const keep = (): void => {
    // What the reader scrolled and no event has told yet is theirs, and stays; that less is there to scroll is not theirs.
    const up = Math.min(top, box.scrollHeight - box.clientHeight) - box.scrollTop;
    const moved = held?.message.isConnected ? place(held.message) - held.at - up : 0;
    if (stay && up < 1) box.scrollTop = box.scrollHeight;
    else if (Math.abs(moved) >= 1) box.scrollTop += moved;
    else return;
    top = box.scrollTop + up;
  };
  take();
  const scrolled = (): void => {
    if (box.scrollTop === top) return; // told late of what stands already: it must not be taken for reading at the end
    // What was laid out in the same moment must not move what is read; after a leap nothing of before is seen any more.
    if (!stay && Math.abs(top - box.scrollTop) < box.clientHeight) keep();
    take();
  };
  box.addEventListener("scroll", scrolled, { passive: true });
  // Somebody unfolds a message or folds it again: that one is read, and keeps its place.
  box.addEventListener("message:fold", (event) => {
    const message = event.target as HTMLElement;
    stay = false;
    top = box.scrollTop;
    held = { message, at: place(message) };
  });
  // What one says oneself is seen, wherever one read.
  document.addEventListener("talk-said", (event) => {
    if ((event.target as Element).id !== "talk-composer") return;
    stay = true;
    box.scrollTop = box.scrollHeight;
    top = box.scrollTop;
  });
  const sizes = new ResizeObserver(keep);
  for (const part of [box, ...box.querySelectorAll(":scope > .talk")]) sizes.observe(part);
  return keep;
}

/** A way back is followed whenever it comes in sight, so again where it was not answered; never while it is under way. */
function earlier(box: HTMLElement, keep: () => void): void {
  const free = (way: Element): boolean => !way.querySelector("[aria-busy]");
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting && free(entry.target)) entry.target.querySelector<HTMLElement>("a")?.click();
      }
    },
    { root: box, rootMargin: AHEAD },
  );
  const watch = (): void => {
    const link = box.querySelector("#talk-earlier");
    if (link) observer.observe(link);
  };
  document.addEventListener("htmx:after:swap", () => {
    days(box);
    keep();
    watch();
  });
  watch();
}

export function start(): void {
  const box = document.querySelector<HTMLElement>("[data-talk-scroll]");
  const thread = document.querySelector<HTMLElement>("[data-thread-scroll]");
  if (thread) thread.scrollTop = thread.scrollHeight;
  if (!box) return;
  days(box);
  open(box);
  earlier(box, hold(box));
}
