/**
 * What one does with messages: answering quotes what is answered above the composer, the menu of a message opens beside
 * it, a thread opens beside the talk, and a quote leads to what it quotes. Without scripts the same links are pages.
 * Keys: r answers the message one stands on (with none chosen, the last), m opens its menu, an arrow up in an empty
 * composer changes what one said last.
 */
import htmx from "htmx.org";
import { place } from "./menu";
import { unfold } from "./whole";

const LINKS =
  "a[data-reply],a[data-acts],a[data-thread],a[data-place],a.message-file,.message-card-file>.message-card-title,a.message-edited,#message-acts a[href$='/versions']";

function composer(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>("#talk-composer");
}

/** What is answered stands above the composer; nothing when `message` is null. */
function answer(message: HTMLElement | null): void {
  const chip = document.getElementById("talk-replying");
  const value = document.querySelector<HTMLInputElement>("#talk-reply-to");
  if (!chip || !value) return;
  chip.hidden = !message;
  value.value = message?.dataset["message"] ?? "";
  const who = chip.querySelector("[data-who]");
  const what = chip.querySelector("[data-what]");
  const text = message?.querySelector(".message-text")?.textContent?.trim().replace(/\s+/g, " ") ?? "";
  if (who) who.textContent = message ? author(message) : "";
  if (what) what.textContent = text.length > 140 ? `${text.slice(0, 139)}…` : text;
  if (message) composer()?.querySelector("textarea")?.focus();
}

/** Who said it: a message that continues another carries no name of its own. */
export function author(message: HTMLElement): string {
  let at: Element | null = message;
  while (at && !at.querySelector(".message-name")) at = at.previousElementSibling;
  return at?.querySelector(".message-name")?.textContent ?? "";
}

function showThread(address: string): boolean {
  const pane = document.getElementById("talking-card");
  if (!pane) return false;
  void htmx.ajax("GET", address, { target: "#talking-card", swap: "innerHTML" }).then(() => {
    const thread = pane.querySelector<HTMLElement>("[data-thread-scroll]");
    if (thread) thread.scrollTop = thread.scrollHeight;
    pane.querySelector<HTMLElement>("textarea")?.focus({ preventScroll: true });
  });
  return true;
}

/** A file or the former texts of a message, where the pane beside the talk stands; elsewhere they are pages. */
function showBeside(link: HTMLAnchorElement): boolean {
  const pane = document.getElementById("talking-card");
  if (!pane?.checkVisibility()) return false;
  cause = link;
  void htmx.ajax("GET", link.getAttribute("href") ?? "", { target: "#talking-card", swap: "innerHTML" }).then(() => {
    pane.querySelector<HTMLElement>("[data-beside-close]")?.focus({ preventScroll: true });
  });
  return true;
}

/** What led to what stands beside the talk. */
let cause: HTMLElement | null = null;

function closeBeside(): void {
  const address = document.getElementById("talking-card")?.getAttribute("hx-get");
  if (address) void htmx.ajax("GET", address, { target: "#talking-card", swap: "innerHTML" });
  if (cause?.isConnected) cause.focus({ preventScroll: true });
  cause = null;
}

function openMenu(link: HTMLAnchorElement): boolean {
  const menu = document.getElementById("message-acts");
  const message = link.closest<HTMLElement>(".message");
  if (!menu || !message) return false;
  const query = message.id.startsWith("answer-") ? "?thread=1" : message.matches(".message-more") ? "?more=1" : "";
  void htmx.ajax("GET", `/messages/${message.dataset["message"]}/acts${query}`, { target: "#message-acts", swap: "innerHTML" }).then(() => {
    if (!menu.childElementCount) return;
    if (!menu.matches(":popover-open")) menu.showPopover();
    place(menu, link, { end: true, over: true });
    menu.querySelector<HTMLElement>("button,a[href]")?.focus();
  });
  return true;
}

function goTo(id: string): boolean {
  const message = document.getElementById(`message-${id}`);
  if (!message) return false;
  document.querySelector(".message-sought")?.classList.remove("message-sought");
  message.classList.add("message-sought");
  unfold(message);
  message.scrollIntoView({ block: "center" });
  message.focus({ preventScroll: true });
  return true;
}

/** Whether the page did itself what the link asks for. */
function follow(link: HTMLAnchorElement): boolean {
  const message = link.closest<HTMLElement>(".message");
  if (link.matches("[data-reply]")) {
    const answered = message ?? document.getElementById(`message-${link.dataset["reply"]}`);
    if (!answered || !composer()) return false;
    link.closest<HTMLElement>("[popover]")?.hidePopover();
    answer(answered);
    return true;
  }
  if (link.matches("[data-acts]")) return openMenu(link);
  if (link.matches("[data-thread]")) return showThread(link.getAttribute("href") ?? "");
  if (link.matches(".message-file, .message-card-title, .message-edited, .menu-item[href$='/versions']")) return showBeside(link);
  if (link.matches("[data-place]")) return goTo(link.dataset["place"] ?? "");
  return false;
}

function editLast(): void {
  const mine = [...document.querySelectorAll<HTMLElement>("#talk-messages .message[data-mine]")].at(-1);
  if (!mine) return;
  const query = mine.matches(".message-more") ? "?more=1" : "";
  void htmx.ajax("GET", `/messages/${mine.dataset["message"]}/text${query}`, { target: `#${mine.id}`, swap: "outerHTML" });
}

function keys(event: KeyboardEvent): void {
  const area = event.target;
  if (!(area instanceof HTMLTextAreaElement)) {
    // With no message chosen r answers the last one.
    const letter = event.code === "KeyR" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (!letter || !(event.target === document.body || (event.target as Element).matches("#main,[data-talk-scroll]"))) return;
    const last = [...document.querySelectorAll<HTMLElement>("#talk-messages .message")].at(-1);
    if (!last || !composer()) return;
    event.preventDefault();
    event.stopPropagation();
    answer(last);
    return;
  }
  if (event.key === "Escape" && area.id === "talk-text" && !area.value) answer(null);
  if (event.key !== "ArrowUp" || area.id !== "talk-text" || area.value) return;
  event.preventDefault();
  editLast();
}

export function start(): void {
  if (!document.querySelector(".talk")) return;
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-unreply]")) return answer(null);
    if (target.closest("[data-beside-close]")) return closeBeside();
    const link = target.closest<HTMLAnchorElement>(LINKS);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (follow(link)) event.preventDefault();
  });
  // A pane that shows a thread does not fetch what else it would show when it comes into sight.
  document.addEventListener("htmx:before:request", (event) => {
    const pane = event.target;
    if (pane instanceof HTMLElement && pane.id === "talking-card" && pane.querySelector(".thread")) event.preventDefault();
  });
  document.addEventListener("keydown", keys, true);
}
