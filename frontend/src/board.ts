/**
 * Cards of a board or calendar put into another column or onto another day: dragged, with Shift and the arrow keys, or
 * by `m` from a menu. The card moves at once and the server is asked; when it refuses, it stands again where it stood.
 * `<div data-board="state"><section data-to="done" data-label="done"><ul data-cards><li data-item="PARKS-7" data-version="3">…`;
 * `data-across="7"`: the columns stand in rows of seven, and Up and Down lead to the rows beside.
 */
import htmx from "htmx.org";
import { place } from "./menu";
import { newAct } from "./toast";

let dragged: HTMLElement | null = null;
let chosen: HTMLElement | null = null;

const column = (card: Element | null): HTMLElement | null => card?.closest<HTMLElement>("[data-board] > [data-to]") ?? null;
const cardOf = (target: EventTarget | null): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>("[data-board] [data-item]") : null);
const across = (): number => Number(document.querySelector<HTMLElement>("[data-board]")?.dataset["across"] ?? 0);

function columns(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-board] > [data-to]")];
}

function say(kind: "moved" | "back", to: HTMLElement | null): void {
  const place = document.getElementById("board-said");
  const title = to?.dataset["label"] ?? "";
  if (place) place.textContent = (place.dataset[kind] ?? "").replace("{column}", title);
}

/** What was asked last of a card: the next move goes under the version that this one gives. */
const moving = new WeakMap<HTMLElement, Promise<boolean>>();

/** How many moves are on their way, how often one began or ended, and where that stood when a list was asked for. */
let underway = 0;
let turns = 0;
const askedAt = new WeakMap<object, number>();

/** A move begins; what is answered is called once it is known how it ended. */
function begun(): () => void {
  let over = false;
  underway += 1;
  turns += 1;
  return () => {
    if (over) return;
    over = true;
    underway -= 1;
    turns += 1;
  };
}

/** A list that does not know of a move yet would put the card back under the hand: each move asks for a newer one. */
function older(event: Event): void {
  const { ctx } = (event as CustomEvent<{ ctx: object }>).detail;
  if (event.type === "htmx:before:request") askedAt.set(ctx, turns);
  else if (underway || askedAt.get(ctx) !== turns) event.preventDefault();
}

/** Put the card there and ask; a refusal is said by the page, and the card goes back to its place. */
async function move(card: HTMLElement, to: HTMLElement): Promise<void> {
  const board = card.closest<HTMLElement>("[data-board]");
  const from = card.parentElement;
  const before = card.nextElementSibling;
  if (!board || !from || column(card) === to) return;
  if (board.dataset["board"] === "state" && to.dataset["to"] === "waiting") {
    // What waits, waits for somebody: who and what is said first.
    await htmx.ajax("GET", `/work-items/${card.dataset["item"]}/waits/new`, { source: card, target: "#dialog", swap: "innerHTML" }).catch(() => undefined);
    return;
  }
  to.querySelector("[data-cards]")?.prepend(card);
  card.querySelector<HTMLElement>(".row-title")?.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  const former = moving.get(card) ?? Promise.resolve(true);
  const over = begun();
  const asked = former.then(() => ask(card, board, to.dataset["to"] ?? "", over));
  moving.set(card, asked);
  const kept = await asked;
  say(kept ? "moved" : "back", kept ? to : column(from));
  if (kept) return;
  from.insertBefore(card, before?.parentElement === from ? before : null);
  card.querySelector<HTMLElement>(".row-title")?.focus({ preventScroll: true });
  const list = document.getElementById("list");
  if (list) htmx.trigger(list, "refresh", {}, false);
}

/** Whether the server let it be put there. `over` is called before the page asks for what has changed by it. */
async function ask(card: HTMLElement, board: HTMLElement, to: string, over: () => void): Promise<boolean> {
  newAct();
  card.classList.add("board-moving");
  let kept = false;
  const heard = (event: Event): void => {
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { status: number; headers?: Headers } } }>).detail;
    kept = (ctx.response?.status ?? 500) < 400;
    over();
    const version = ctx.response?.headers?.get("ETag")?.replace(/\D/g, "");
    if (kept && version) card.dataset["version"] = version;
  };
  card.addEventListener("htmx:after:request", heard);
  const values = { by: board.dataset["board"] ?? "", to, version: card.dataset["version"] ?? "" };
  await htmx.ajax("PUT", `/work-items/${card.dataset["item"]}/column`, { source: card, target: card, swap: "none", values }).catch(() => undefined);
  card.removeEventListener("htmx:after:request", heard);
  over();
  card.classList.remove("board-moving");
  return kept;
}

/** How far the column lies that an arrow points at, whichever way the page reads; 0 for none. */
function step(key: string): number {
  const sideways = key === "ArrowLeft" || key === "ArrowRight";
  const forward = sideways ? (key === "ArrowRight") === (document.documentElement.dir !== "rtl") : key === "ArrowDown";
  return (forward ? 1 : -1) * (sideways ? 1 : across());
}

function beside(card: HTMLElement, key: string): HTMLElement | undefined {
  const by = step(key);
  const all = columns();
  return by ? all[all.indexOf(column(card) as HTMLElement) + by] : undefined;
}

function walk(card: HTMLElement, key: string): boolean {
  const link = (one: Element | null | undefined): boolean => {
    const found = one?.querySelector<HTMLElement>(".row-title");
    found?.focus();
    return Boolean(found);
  };
  if (key === "ArrowDown" && link(card.nextElementSibling)) return true;
  if (key === "ArrowUp" && link(card.previousElementSibling)) return true;
  const by = step(key);
  const all = columns();
  const place = [...(card.parentElement?.children ?? [])].indexOf(card);
  for (let at = all.indexOf(column(card) as HTMLElement) + by; by && all[at]; at += by) {
    const cards = (all[at] as HTMLElement).querySelectorAll("[data-item]");
    if (cards.length) return link(cards[Math.min(place, cards.length - 1)]);
  }
  return false;
}

function choose(button: HTMLElement): void {
  const menu = document.getElementById("board-move");
  chosen = cardOf(button);
  if (!menu || !chosen) return;
  const here = column(chosen)?.dataset["to"];
  const day = menu.querySelector<HTMLInputElement>("input[name=to]");
  if (day && here) {
    day.value = here;
    day.dispatchEvent(new Event("date:set"));
  }
  for (const item of menu.querySelectorAll<HTMLButtonElement>("[data-to]")) item.disabled = item.dataset["to"] === here;
  menu.showPopover();
  place(menu, button, { end: true });
  menu.querySelector<HTMLElement>("input:not([type=hidden]),button:not(:disabled)")?.focus();
}

/** A day that was typed may be one that is not shown: then the card leaves when the list is asked for again. */
function typed(form: HTMLFormElement): void {
  const to = String(new FormData(form).get("to") ?? "");
  const card = chosen && (chosen.isConnected ? chosen : document.getElementById(chosen.id));
  const board = card?.closest<HTMLElement>("[data-board]");
  if (!card || !board || !to) return;
  form.hidePopover();
  const there = columns().find((each) => each.dataset["to"] === to);
  if (there) void move(card, there);
  else void ask(card, board, to, begun());
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
  for (const name of ["htmx:before:request", "htmx:before:swap"]) {
    document.addEventListener(name, (event) => {
      if (event.target instanceof Element && event.target.matches("#list:has([data-board])")) older(event);
    });
  }
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || event.target.id !== "board-move") return;
    event.preventDefault();
    typed(event.target);
  });
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
    const to = beside(card, event.key);
    if (!to) return;
    event.preventDefault();
    void move(card, to);
  });
}
