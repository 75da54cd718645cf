/**
 * A very long message is shown folded: a button below it shows it whole, and folds it again, and it keeps its place
 * meanwhile. Whatever leads into it opens it: a link to the message, a search in the page, the focus on a link of it.
 * `<div class="message-text" data-long><button class="message-whole" aria-expanded="false">`.
 */
const FOLDED = ".message-text[data-long]:not([data-whole])";
/** Messages that were opened here: one that is drawn anew is drawn open. */
const opened = new Set<string>();

/** What scrolls keeps the message where it stands now. */
function hold(message: HTMLElement): void {
  message.dispatchEvent(new CustomEvent("message:fold", { bubbles: true }));
}

function turn(message: HTMLElement, whole: boolean): void {
  const text = message.querySelector<HTMLElement>(":scope > .message-text[data-long]");
  if (!text || text.hasAttribute("data-whole") === whole) return;
  hold(message);
  text.toggleAttribute("data-whole", whole);
  message.querySelector(":scope > .message-whole")?.setAttribute("aria-expanded", String(whole));
  if (whole) opened.add(message.id);
  else opened.delete(message.id);
}

/** Show all of a message. */
export function unfold(message: HTMLElement): void {
  turn(message, true);
}

/** What scrolls around an element, else the page. */
function scroller(element: Element): Element {
  return element.closest("[data-talk-scroll],[data-thread-scroll]") ?? document.scrollingElement ?? document.documentElement;
}

function asked(): void {
  const message = /^#(message|answer)-\d+$/.test(location.hash) ? document.querySelector<HTMLElement>(location.hash) : null;
  if (message) unfold(message);
}

export function start(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>(".message-whole");
    const message = button?.closest<HTMLElement>(".message");
    if (!button || !message) return;
    turn(message, button.getAttribute("aria-expanded") !== "true");
    // Folded again from its end, its beginning comes back into sight.
    const above = message.getBoundingClientRect().top < Math.max(0, scroller(message).getBoundingClientRect().top);
    if (above && button.getAttribute("aria-expanded") === "false") message.scrollIntoView({ block: "start" });
    if (button.getAttribute("aria-expanded") === "false") hold(message);
  });
  // What is folded moves only when something in it is sought: a search in the page, or the focus.
  document.addEventListener(
    "scroll",
    (event) => {
      const text = event.target;
      if (!(text instanceof HTMLElement) || !text.matches(FOLDED) || !text.scrollTop) return;
      const by = text.scrollTop;
      const message = text.closest<HTMLElement>(".message");
      if (message) unfold(message);
      text.scrollTop = 0;
      scroller(text).scrollTop += by;
    },
    { capture: true, passive: true },
  );
  document.addEventListener("htmx:after:swap", () => {
    for (const id of opened) {
      const message = document.getElementById(id);
      if (message) turn(message, true);
    }
  });
  addEventListener("hashchange", asked);
  asked();
}
