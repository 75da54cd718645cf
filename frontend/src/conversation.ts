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

/** The message one reads: the first that is seen whole. */
function read(box: HTMLElement): HTMLElement | undefined {
  const top = box.getBoundingClientRect().top;
  return [...box.querySelectorAll<HTMLElement>(".message")].find((message) => message.getBoundingClientRect().top >= top);
}

function earlier(box: HTMLElement): void {
  let held: { message: HTMLElement; top: number } | undefined;
  const comes = (event: Event): boolean => event.target instanceof Element && event.target.id === "talk-earlier";
  document.addEventListener("htmx:before:swap", (event) => {
    const message = comes(event) ? read(box) : undefined;
    held = message && { message, top: message.getBoundingClientRect().top };
  });
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        observer.unobserve(entry.target);
        entry.target.querySelector<HTMLElement>("a")?.click();
      }
    },
    { root: box, rootMargin: AHEAD },
  );
  const watch = (): void => {
    const link = box.querySelector("#talk-earlier");
    if (link) observer.observe(link);
  };
  document.addEventListener("htmx:after:swap", () => {
    if (held?.message.isConnected) box.scrollTop += held.message.getBoundingClientRect().top - held.top;
    held = undefined;
    days(box);
    watch();
  });
  watch();
}

export function start(): void {
  const box = document.querySelector<HTMLElement>("[data-talk-scroll]");
  const thread = document.querySelector<HTMLElement>("[data-thread-scroll]");
  if (thread) thread.scrollTop = thread.scrollHeight;
  if (!box) return;
  open(box);
  days(box);
  let stay = atEnd(box);
  box.addEventListener("scroll", () => (stay = atEnd(box)), { passive: true });
  document.addEventListener("htmx:after:swap", () => {
    if (stay) box.scrollTop = box.scrollHeight;
  });
  earlier(box);
}
