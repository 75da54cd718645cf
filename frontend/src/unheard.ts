/**
 * Whoever is called with @ and may not read where one writes is told of before it is sent, with why, and with what one may
 * do about it: let them in, or open what the talk belongs to. Under the line that says whom the text mentions.
 */
import { mine } from "./requests";
import { say } from "./toast";
import { word } from "./words";

interface Told {
  says: string;
  why: string;
  open: { href: string; name: string } | null;
  lets_in: { id: number; act: string; to: string }[];
}

interface Asked {
  key: string;
  told?: Told;
  timer?: ReturnType<typeof setTimeout>;
}

const ADDRESS = "/mentions/unheard";
const PAUSE = 250;
const asked = new WeakMap<HTMLTextAreaElement, Asked>();

async function letIn(area: HTMLTextAreaElement, one: Told["lets_in"][number], again = false): Promise<void> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  const headers = { "X-CSRF-Token": token, "X-Person": document.body.dataset["me"] ?? "" };
  const body = new URLSearchParams({ party: String(one.id) });
  const answer = await fetch(one.to, { method: "POST", headers, body, redirect: "manual" });
  const done = answer.ok || answer.type === "opaqueredirect";
  if (!done && !again && mine(answer.headers)) return letIn(area, one, true);
  if (!done) say(word("failed"), { bad: true });
  ask(area, asked.get(area)?.key ?? "", 0);
  area.focus();
}

function button(area: HTMLTextAreaElement, one: Told["lets_in"][number]): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-small";
  made.dir = "auto";
  made.textContent = one.act;
  made.addEventListener("click", () => {
    made.disabled = true;
    void letIn(area, one).catch(() => say(word("away"), { bad: true }));
  });
  return made;
}

function line(told: Told, area: HTMLTextAreaElement): (Node | string)[] {
  const parts: (Node | string)[] = [told.says];
  if (told.why) parts.push(" ", told.why);
  if (told.open) {
    const link = document.createElement("a");
    link.className = "link";
    link.href = told.open.href;
    link.dir = "auto";
    link.textContent = told.open.name;
    parts.push(" ", link);
  }
  for (const one of told.lets_in) parts.push(" ", button(area, one));
  return parts;
}

/** The line stands where there is something to say, and is drawn anew only when that changed. */
function show(area: HTMLTextAreaElement, told: Told | undefined): void {
  const form = area.form;
  let place = form?.querySelector<HTMLElement>(".composer-unheard");
  if (!told?.says) return place?.remove();
  const drawn = JSON.stringify(told);
  if (place?.dataset["drawn"] === drawn) return;
  if (!place) {
    place = document.createElement("p");
    place.className = "composer-unheard";
    place.setAttribute("role", "status");
    const before = area.nextElementSibling?.matches(".composer-called") ? area.nextElementSibling : area;
    before.after(place);
  }
  place.dataset["drawn"] = drawn;
  place.replaceChildren(...line(told, area));
}

function ask(area: HTMLTextAreaElement, key: string, wait = PAUSE): void {
  clearTimeout(asked.get(area)?.timer);
  const now: Asked = { key };
  asked.set(area, now);
  const talk = area.form?.dataset["talk"];
  if (!key || !talk) return show(area, undefined);
  now.timer = setTimeout(async () => {
    const answer = await fetch(`${ADDRESS}?${new URLSearchParams({ talk, parties: key })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (asked.get(area) !== now || !answer?.ok || answer.redirected) return;
    now.told = (await answer.json()) as Told;
    show(area, now.told);
  }, wait);
}

export function start(): void {
  document.addEventListener("composer:called", (event) => {
    const area = event.target;
    if (!(area instanceof HTMLTextAreaElement)) return;
    const key = (event as CustomEvent<string[]>).detail.slice(0, 50).join(",");
    const known = asked.get(area);
    if ((known?.key ?? "") !== key) ask(area, key);
    else if (known?.told) show(area, known.told);
  });
}
