/**
 * Cards of a board put into another column: dragged, with Shift and the arrow keys, or by `m` from a menu of columns.
 * The card moves at once and the server is asked; when it refuses, the card stands again where it stood.
 * `<div data-board="state"><section data-to="done"><ul><li data-item="PARKS-7" data-version="3">…`
 */
import htmx from "htmx.org";
import { place } from "./menu";

let dragged: HTMLElement | null = null;
let chosen: HTMLElement | null = null;

const column = (card: Element | null): HTMLElement | null => card?.closest<HTMLElement>(".board-column") ?? null;
const cardOf = (target: EventTarget | null): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>(".board-card") : null);

function columns(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-board] > .board-column")];
}

function say(kind: "moved" | "back", to: Element | null): void {
  const place = document.getElementById("board-said");
  const title = to?.querySelector("h2")?.textContent?.trim() ?? "";
  if (place) place.textContent = (place.dataset[kind] ?? "").replace("{column}", title);
}

/** Put the card there and ask; a refusal is said by the page, and the card goes back to its place. */
async function move(card: HTMLElement, to: HTMLElement): Promise<void> {
  const board = card.closest<HTMLElement>("[data-board]");
  const from = card.parentElement;
  const before = card.nextElementSibling;
  if (!board || !from || column(card) === to || card.hasAttribute("aria-busy")) return;
  to.querySelector(".board-cards")?.prepend(card);
  card.classList.add("board-moving");
  card.querySelector<HTMLElement>(".row-title")?.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  let kept = false;
  const heard = (event: Event): void => {
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { status: number } } }>).detail;
    kept = (ctx.response?.status ?? 500) < 400;
  };
  card.addEventListener("htmx:after:request", heard);
  const values = { by: board.dataset["board"] ?? "", to: to.dataset["to"] ?? "", version: card.dataset["version"] ?? "" };
  await htmx.ajax("PUT", `/work-items/${card.dataset["item"]}/column`, { source: card, target: card, swap: "none", values }).catch(() => undefined);
  card.removeEventListener("htmx:after:request", heard);
  card.classList.remove("board-moving");
  say(kept ? "moved" : "back", kept ? to : column(from));
  if (kept) return;
  from.insertBefore(card, before?.parentElement === from ? before : null);
  card.querySelector<HTMLElement>(".row-title")?.focus({ preventScroll: true });
  const list = document.getElementById("list");
  if (list) htmx.trigger(list, "refresh", {}, false);
}

/** The neighbouring column that a horizontal arrow points at, whichever way the page reads. */
function beside(card: HTMLElement, key: string): HTMLElement | undefined {
  const step = (key === "ArrowRight") === (document.documentElement.dir !== "rtl") ? 1 : -1;
  const all = columns();
  const at = all.indexOf(column(card) as HTMLElement);
  return all[at + step];
}

function walk(card: HTMLElement, key: string): boolean {
  const link = (one: Element | null | undefined): boolean => {
    const found = one?.querySelector<HTMLElement>(".row-title");
    found?.focus();
    return Boolean(found);
  };
  if (key === "ArrowDown") return link(card.nextElementSibling);
  if (key === "ArrowUp") return link(card.previousElementSibling);
  const place = [...(card.parentElement?.children ?? [])].indexOf(card);
  for (let next = beside(card, key); next; ) {
    const cards = next.querySelectorAll(".board-card");
    if (cards.length) return link(cards[Math.min(place, cards.length - 1)]);
    const all = columns();
    next = all[all.indexOf(next) + (all.indexOf(next) > all.indexOf(column(card) as HTMLElement) ? 1 : -1)];
  }
  return false;
}

function choose(button: HTMLElement): void {
  const menu = document.getElementById("board-move");
  chosen = cardOf(button);
  if (!menu || !chosen) return;
  const here = column(chosen)?.dataset["to"];
  for (const item of menu.querySelectorAll<HTMLButtonElement>("[data-to]")) item.disabled = item.dataset["to"] === here;
  menu.showPopover();
  place(menu, button, { end: true });
  menu.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
}

function drag(): void {
  document.addEventListener("dragstart", (event) => {
    dragged = cardOf(event.target);
    if (!dragged || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset["item"] ?? "");
    dragged.classList.add("board-dragged");
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && column(event.target as Element);
    for (const each of columns()) each.classList.toggle("board-over", each === over && over !== column(dragged));
    if (over) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const over = dragged && column(event.target as Element);
    if (!dragged || !over) return;
    event.preventDefault();
    void move(dragged, over);
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("board-dragged");
    for (const each of columns()) each.classList.remove("board-over");
    dragged = null;
  });
}

export function start(): void {
  drag();
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>("[data-move]");
    if (button) choose(button);
    const item = target.closest<HTMLElement>("#board-move [data-to]");
    const to = item && columns().find((each) => each.dataset["to"] === item.dataset["to"]);
    const card = chosen && (chosen.isConnected ? chosen : document.getElementById(chosen.id));
    if (to && card) void move(card, to);
  });
  document.addEventListener("keydown", (event) => {
    const card = cardOf(event.target);
    if (!card || event.altKey || event.ctrlKey || event.metaKey || !event.key.startsWith("Arrow")) return;
    if (!event.shiftKey) {
      if (walk(card, event.key)) event.preventDefault();
      return;
    }
    const to = event.key === "ArrowLeft" || event.key === "ArrowRight" ? beside(card, event.key) : undefined;
    if (!to) return;
    event.preventDefault();
    void move(card, to);
  });
}
