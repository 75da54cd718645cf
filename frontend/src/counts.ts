/** The numbers beside the lines of the navigation follow what one does: read from the page as the server would show it now. */
const REST = 600;
let timer: ReturnType<typeof setTimeout> | undefined;

function put(link: HTMLElement, text: string): void {
  let count = link.querySelector<HTMLElement>(".count");
  if (!count && text) {
    count = document.createElement("span");
    count.className = link.matches(".dock-link") ? "count count-new" : "count";
    link.append(count);
  }
  if (count && text) count.textContent = text;
  else count?.remove();
}

async function ask(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = await answer.text();
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".nav-link[id]:not([href='/conversations'])")) {
    const shown = new RegExp(`id="${link.id}".*?</a>`, "s").exec(page)?.[0];
    if (!shown) continue;
    const text = /class="count[^"]*">([^<]*)</.exec(shown)?.[1] ?? "";
    for (const same of [link, ...document.querySelectorAll<HTMLElement>(`.dock-link[href="${link.getAttribute("href") ?? ""}"]`)]) put(same, text);
  }
}

export function start(): void {
  if (!document.getElementById("navigation")) return;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask().catch(() => undefined), REST);
  };
  document.addEventListener("item-changed", soon);
  // A page that comes back from memory shows the numbers of when it was left.
  addEventListener("pageshow", (event) => event.persisted && soon());
}
