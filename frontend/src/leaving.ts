/**
 * Whoever signs out while something waits to be sent is asked first: it stands in this browser alone, and goes with them.
 * `<dialog id="unsent">` with `<ul data-unsent>` and a sign-out form of its own. What is dropped goes once one is out:
 * a sign-out that did not come about, the line being away, drops nothing.
 */
import { open } from "./dialog";
import { drop, kept, type Kept, ofOthers, sendNow } from "./outbox";

const OUT = 'form[action^="/sign-in?_method=DELETE"]';
const MARK = "outbox-drop";

/** One line for each place where something waits: what it is called, and how many messages. */
function places(all: readonly Kept[]): HTMLLIElement[] {
  const found = new Map<string, { name: string; count: number }>();
  for (const { action, where } of all) {
    const place = found.get(action) ?? { name: where?.name ?? "", count: 0 };
    found.set(action, { name: place.name || (where?.name ?? ""), count: place.count + 1 });
  }
  return [...found].map(([action, { name, count }]) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    const number = document.createElement("span");
    link.className = "link";
    link.href = all.find((one) => one.action === action && one.where)?.where?.href ?? "/conversations";
    link.dir = "auto";
    link.textContent = name || link.pathname;
    number.className = "count";
    number.textContent = counted(count);
    line.append(link, " ", number);
    return line;
  });
}

function counted(number: number): string {
  return new Intl.NumberFormat(document.documentElement.lang).format(number);
}

function ask(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(OUT)) return;
  const dialog = document.querySelector<HTMLDialogElement>("dialog#unsent");
  const waits = kept();
  const others = ofOthers();
  if (!dialog || waits.length + others === 0) return goes(event);
  if (dialog.contains(form)) {
    localStorage.setItem(MARK, "");
    return goes(event);
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.querySelector("[data-unsent]")?.replaceChildren(...places(waits));
  const said = dialog.querySelector<HTMLElement>("[data-others]");
  const number = said?.querySelector(".count");
  if (said) said.hidden = others === 0;
  if (number) number.textContent = counted(others);
  open(dialog);
}

let out = false;

export function onTheWayOut(): boolean {
  return out;
}

/** Somebody is on their way out, where nobody else held the form back. */
function goes(event: SubmitEvent): void {
  setTimeout(() => (out = !event.defaultPrevented));
}

export function start(): void {
  if (localStorage.getItem(MARK) !== null) {
    localStorage.removeItem(MARK);
    if (!document.body.dataset["me"]) drop();
  }
  addEventListener("submit", ask, true);
  addEventListener("pageshow", () => (out = false));
  document.querySelector("dialog#unsent [data-stay]")?.addEventListener("click", sendNow);
}
