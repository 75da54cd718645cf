/** Menus are popovers; this puts each beside its button, mirrored with the page, and lets arrows walk through it. */
/** A row of tools is a menu where the screen has no room for the row. */
const MENUS = ".menu[popover],.list-tools[popover]";
const GAP = 4;
const EDGE = 8;

interface Manner {
  end?: boolean;
  wide?: boolean;
  /** Where neither side has the room, it may stand over its anchor: all of it can be reached. */
  over?: boolean;
  /** What stays uncovered: it is put under this, else over it, and made no taller than the room there. */
  clear?: Element | null;
}

/** Put `floating` under (else over) `anchor`, its start edge to the anchor's, or its end edge when there is no room. */
export function place(floating: HTMLElement, anchor: Element, { end = false, wide = false, over = false, clear = null }: Manner = {}): void {
  const at = anchor.getBoundingClientRect();
  if (wide) floating.style.minInlineSize = `${at.width}px`;
  if (clear) floating.style.maxBlockSize = "";
  const { offsetWidth: width, offsetHeight: height } = floating;
  const rtl = getComputedStyle(anchor).direction === "rtl";
  const fromLeft = end === rtl;
  let left = fromLeft ? at.left : at.right - width;
  left = Math.max(EDGE, Math.min(left, document.documentElement.clientWidth - width - EDGE));
  floating.style.left = `${left}px`;
  if (clear) return beside(floating, clear.getBoundingClientRect(), height);
  const below = at.bottom + GAP;
  const last = innerHeight - EDGE - height;
  const above = at.top - GAP - height;
  const top = below <= last ? below : above >= EDGE ? above : over ? last : below;
  floating.style.top = `${Math.max(EDGE, top)}px`;
}

/** Under or over what stays uncovered, in what is seen of the page: the keys of a phone take their part of it. */
function beside(floating: HTMLElement, kept: DOMRect, height: number): void {
  const first = visualViewport?.offsetTop ?? 0;
  const last = first + (visualViewport?.height ?? innerHeight);
  const [under, over] = [last - EDGE - (kept.bottom + GAP), kept.top - GAP - (first + EDGE)];
  const below = under >= height || under >= over;
  const tall = Math.min(height, Math.max(below ? under : over, 0));
  floating.style.maxBlockSize = `${tall}px`;
  floating.style.top = `${below ? kept.bottom + GAP : kept.top - GAP - tall}px`;
}

function opener(menu: Element): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(menu.id)}"]`);
}

export function start(): void {
  document.addEventListener(
    "toggle",
    (event) => {
      const menu = event.target;
      if (!(menu instanceof HTMLElement) || !menu.matches(MENUS)) return;
      const button = opener(menu);
      const open = (event as ToggleEvent).newState === "open";
      button?.setAttribute("aria-expanded", String(open));
      if (!open || !button) return;
      const box = button.getBoundingClientRect();
      const middle = document.documentElement.clientWidth / 2;
      const nearEnd = (box.left + box.right) / 2 > middle !== (document.documentElement.dir === "rtl");
      place(menu, button, { end: nearEnd, over: true });
      if (button.matches(":focus-visible")) menu.querySelector<HTMLElement>("a,button")?.focus();
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const menu = (event.target as Element).closest?.<HTMLElement>(":is(.menu,.list-tools):popover-open");
    if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
    const items = [...menu.querySelectorAll<HTMLElement>("a[href],button:not(:disabled)")];
    const now = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[event.key] ?? 0;
    items.at(to % items.length)?.focus();
    event.preventDefault();
  });

  // An act chosen, a page scrolled away: the menu has done its work.
  document.addEventListener("click", (event) => {
    const item = (event.target as Element).closest?.(".menu-item");
    if (item && !item.hasAttribute("popovertarget")) item.closest<HTMLElement>(".menu:popover-open")?.hidePopover();
  });
}
