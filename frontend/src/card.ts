/** `data-card="/people/5/card"` on a chip: rest on it, or focus it, and the person, unit or item shows itself. Escape hides it. */
import htmx from "htmx.org";
import { place } from "./menu";

const WAIT = 450;
const known = new Map<string, HTMLElement>();
let timer: ReturnType<typeof setTimeout> | undefined;
let shown: HTMLElement | null = null;

function hide(): void {
  clearTimeout(timer);
  if (shown?.matches(":popover-open")) shown.hidePopover();
  shown = null;
}

async function panel(address: string): Promise<HTMLElement> {
  const made = known.get(address);
  if (made) return made;
  const fresh = document.createElement("div");
  fresh.className = "menu card-hover";
  fresh.popover = "manual";
  fresh.setAttribute("role", "note");
  document.body.append(fresh);
  known.set(address, fresh);
  await htmx.ajax("GET", address, { target: fresh, swap: "innerHTML" });
  return fresh;
}

async function show(chip: HTMLElement): Promise<void> {
  const address = chip.dataset["card"];
  if (!address) return;
  const card = await panel(address);
  if (!chip.isConnected || !card.childElementCount || !chip.matches(":hover,:focus-visible,:focus-within")) return;
  hide();
  shown = card;
  card.showPopover();
  place(card, chip);
}

function wait(event: Event): void {
  const chip = (event.target as Element).closest?.<HTMLElement>("[data-card]");
  if (shown?.contains(event.target as Node)) return clearTimeout(timer);
  if (!chip) return;
  clearTimeout(timer);
  timer = setTimeout(() => void show(chip), WAIT);
}

function away(event: Event): void {
  const from = event.target as Element;
  if (!from.closest?.("[data-card]") && !shown?.contains(from)) return;
  clearTimeout(timer);
  // Long enough to move the pointer from the chip into the card.
  timer = setTimeout(hide, 250);
}

export function start(): void {
  if (!document.body.hasAttribute("data-shell")) return;
  if (matchMedia("(hover: hover)").matches) {
    document.addEventListener("pointerover", wait);
    document.addEventListener("pointerout", away);
  }
  document.addEventListener("focusin", wait);
  document.addEventListener("focusout", away);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}
