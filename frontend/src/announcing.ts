/**
 * What colleagues say while one reads is said by a screen reader, once: never one's own words, what was said earlier and
 * is fetched, or what is only drawn anew. So the log itself is silent (`<div class="talk" role="log" aria-live="off">`).
 */
import { author } from "./messages";

const LOG = "#talk-messages,#thread-messages";
const MOST = 5;
const LONGEST = 300;
let last = 0;

function seq(message: HTMLElement): number {
  return Number(message.dataset["seq"]);
}

/** The messages of the talk of this page, in their order; a thread beside a talk says nothing that the talk does not. */
function all(): HTMLElement[] {
  return [...(document.querySelector(LOG)?.querySelectorAll<HTMLElement>(".message[data-seq]") ?? [])];
}

function said(message: HTMLElement): string {
  const text = message.querySelector(".message-text")?.textContent?.trim().replace(/\s+/g, " ") ?? "";
  return `${author(message)}: ${text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text}`;
}

export function start(): void {
  if (!document.querySelector(LOG)) return;
  const place = document.createElement("p");
  place.className = "visually-hidden";
  place.id = "talk-heard";
  place.setAttribute("aria-live", "polite");
  document.querySelector("main")?.append(place);
  last = Math.max(0, ...all().map(seq));
  document.addEventListener("htmx:after:swap", () => {
    const fresh = all().filter((message) => seq(message) > last);
    if (!fresh.length) return;
    last = Math.max(...fresh.map(seq));
    const theirs = fresh.filter((message) => !("mine" in message.dataset));
    if (theirs.length) place.textContent = theirs.slice(-MOST).map(said).join("\n");
  });
}
