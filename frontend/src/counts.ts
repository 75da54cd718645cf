/**
 * The numbers in the frame follow what one does and what others do: the house is asked how they stand now, when
 * something was changed here, when a hint says that something awaits one, and when a page comes back from memory.
 */
const ADDRESS = "/notifications/counts";
const REST = 600;
/** A hint reaches many people in one instant; they do not all ask in it. */
const SPREAD = 2_000;
const KINDS = new Set(["my-day", "inbox"]);
let timer: ReturnType<typeof setTimeout> | undefined;

function put(link: HTMLElement, text: string): void {
  let count = link.querySelector<HTMLElement>(".count");
  if (!count && text) {
    count = document.createElement("span");
    count.className = link.matches(".nav-link") ? "count" : "count count-new";
    link.append(count);
  }
  if (count && text) count.textContent = text;
  else count?.remove();
}

/** The tab says it too: "(3) My day". */
function title(text: string): void {
  const bare = document.title.replace(/^\([^)]*\) /, "");
  document.title = text ? `(${text}) ${bare}` : bare;
}

async function ask(): Promise<void> {
  const answer = await fetch(ADDRESS, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { counts } = (await answer.json()) as { counts: Record<string, string> };
  for (const [key, text] of Object.entries(counts)) {
    const link = document.getElementById(`nav-${key}`);
    if (!link) continue;
    for (const same of [link, ...document.querySelectorAll<HTMLElement>(`.dock-link[href="${link.getAttribute("href") ?? ""}"]`)]) put(same, text);
  }
  const bell = document.getElementById("top-inbox");
  if (!bell || counts["inbox"] === undefined) return;
  put(bell, counts["inbox"]);
  title(counts["inbox"]);
}

export function start(): void {
  if (!document.getElementById("navigation")) return;
  const soon = (spread = 0): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask().catch(() => undefined), REST + Math.random() * spread);
  };
  document.addEventListener("item-changed", () => soon());
  document.addEventListener("inbox-changed", () => soon());
  document.addEventListener("hint", (event) => {
    if (KINDS.has((event as CustomEvent<{ kind: string }>).detail.kind)) soon(SPREAD);
  });
  addEventListener("pageshow", (event) => event.persisted && soon());
}
