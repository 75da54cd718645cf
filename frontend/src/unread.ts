/**
 * In how many conversations something is unread, beside the link to them: asked once the page stands and whenever
 * something was said, so that no page waits for it. What was known last is shown at once.
 */
import { word } from "./words";

const ADDRESS = "/conversations/unread";
/** In the digits of one language: whoever changes theirs is not shown the number of before. */
const KEPT = `unread-talks ${document.documentElement.lang}`;
const REST = 400;
const FRESH = 15_000;
/** What one page of this browser was told, its others show as well: what is read in one is unread in none. */
const pages = new BroadcastChannel(KEPT);

function show(text: string): void {
  for (const link of document.querySelectorAll<HTMLElement>('a[href="/conversations"]:is(.nav-link, .dock-link)')) {
    let count = link.querySelector<HTMLElement>(".count");
    if (!count && text) {
      count = document.createElement("span");
      count.className = link.matches(".dock-link") ? "count count-new" : "count";
      link.append(count);
    }
    if (!count) continue;
    count.textContent = text;
    count.title = word("unreadTalks");
    let said = link.querySelector<HTMLElement>(".visually-hidden");
    if (!said) {
      said = document.createElement("span");
      said.className = "visually-hidden";
      link.append(said);
    }
    said.textContent = text && ` ${word("unreadTalks")}`;
  }
}

async function ask(): Promise<void> {
  const answer = await fetch(ADDRESS, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { shown } = (await answer.json()) as { shown: string };
  sessionStorage.setItem(KEPT, JSON.stringify({ shown, at: Date.now() }));
  show(shown);
  pages.postMessage({ shown, me: document.body.dataset["me"] });
}

export function start(): void {
  if (!document.querySelector('a[href="/conversations"].nav-link')) return;
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{"shown":"","at":0}') as { shown: string; at: number };
  show(kept.shown);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (rest: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask().catch(() => undefined), rest + Math.random() * rest);
  };
  pages.addEventListener("message", ({ data }: MessageEvent<{ shown: string; me?: string }>) => {
    if (data.me === document.body.dataset["me"]) show(data.shown);
  });
  const here = location.pathname.startsWith("/conversations");
  if (here || Date.now() - kept.at > FRESH) soon(here ? REST : 2 * REST);
  document.addEventListener("htmx:finally:request", (event) => {
    if (event.target instanceof Element && event.target.getAttribute("hx-put")?.endsWith("/read-state")) soon(REST);
  });
  document.addEventListener("hint", (event) => {
    if ((event as CustomEvent<{ kind: string }>).detail.kind === "conversations") soon(REST);
  });
}
