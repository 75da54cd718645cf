/**
 * A conversation that fills the page: it opens at what is new, stays at the newest while one reads there, and is worked
 * from the keyboard: an arrow up in an empty composer changes what one said last.
 * `<div data-talk-scroll>` holds `#talk-messages`; `#talk-new` is the first unread message.
 */
const NEAR = 80;

function holder(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-talk-scroll]");
}

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
}

function editLast(area: HTMLTextAreaElement): void {
  const mine = [...document.querySelectorAll<HTMLElement>("#talk-messages .message a[hx-get$='/text']")].at(-1);
  if (area.value || !mine) return;
  mine.click();
}

export function start(): void {
  const box = holder();
  if (!box) return;
  open(box);
  let stay = atEnd(box);
  box.addEventListener("scroll", () => (stay = atEnd(box)), { passive: true });
  document.addEventListener("htmx:after:swap", () => {
    if (stay) box.scrollTop = box.scrollHeight;
  });
  // What was said earlier comes in above: what one was reading stays where it was.
  box.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("#talk-earlier")) return;
    stay = false;
    const from = box.scrollHeight - box.scrollTop;
    document.addEventListener("htmx:after:swap", () => (box.scrollTop = box.scrollHeight - from), { once: true });
  });
  document.addEventListener("keydown", (event) => {
    const area = event.target;
    if (event.key !== "ArrowUp" || !(area instanceof HTMLTextAreaElement) || area.id !== "talk-text" || area.value) return;
    event.preventDefault();
    editLast(area);
  });
}
