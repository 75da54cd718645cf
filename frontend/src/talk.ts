/**
 * A talk: whoever is chosen is mentioned in the text, and who is writing is shown for a moment.
 * `<form data-talk="work-item-talk:7" data-me="5">` with a textarea and `<div class="combobox" data-call>` whose hidden
 * input carries `data-called`; `<p data-typing="work-item-talk:7" data-one="{name} is writing…">`.
 */
import { send } from "./editor";
import { mention, write as put } from "./mention";

const EVERY = 2_500;
const STAY = 4_000;
let said = 0;
const hiding = new WeakMap<Element, ReturnType<typeof setTimeout>>();

const FIELD = "[data-call] input:not([type=hidden])";
/** Where the @ stands that asked whom, until somebody is chosen or the field is left. */
const asked = new WeakMap<HTMLInputElement, number>();

function held(field: HTMLInputElement, area: HTMLTextAreaElement): number | undefined {
  const place = asked.get(field);
  asked.delete(field);
  return place !== undefined && area.value[place] === "@" ? place : undefined;
}

/** Somebody was chosen. */
function call(value: HTMLInputElement): void {
  const area = value.form?.querySelector("textarea");
  const field = value.closest("[data-call]")?.querySelector<HTMLInputElement>("input:not([type=hidden])");
  if (!area || !field || !value.value) return;
  const place = held(field, area);
  const name = field.value;
  field.value = "";
  if (place !== undefined) area.setSelectionRange(place, place + 1);
  mention(area, name, value.value, value.dataset["hint"] ?? "");
  value.value = "";
}

/** An @ at the beginning of a word asks whom. It stays in the text: whoever is chosen takes its place. */
function at(area: HTMLTextAreaElement): void {
  const place = area.selectionStart;
  const field = area.form?.querySelector<HTMLInputElement>(FIELD);
  if (!field || !/(^|\s)@$/.test(area.value.slice(0, place))) return;
  asked.set(field, place - 1);
  field.focus();
}

/** Nobody was chosen: what was typed belongs to the message, where it would stand. `stay`: one goes on writing there. */
function back(field: HTMLInputElement, stay: boolean): void {
  const area = field.form?.querySelector("textarea");
  if (!area) return;
  const place = held(field, area);
  const typed = field.value;
  field.value = "";
  const from = place === undefined ? area.selectionEnd : place + 1;
  const sign = place !== undefined || !typed.trim() ? "" : /\S$/.test(area.value.slice(0, from)) ? " @" : "@";
  const text = sign + typed;
  if (stay) {
    area.focus();
    area.setSelectionRange(from, from);
    if (text) put(area, from, from, text);
  } else if (text) {
    area.setRangeText(text, from, from, "end");
  }
  if (text) area.dispatchEvent(new Event("input", { bubbles: true }));
}

function field(target: EventTarget | null): HTMLInputElement | undefined {
  return target instanceof HTMLInputElement && target.matches(FIELD) ? target : undefined;
}

/** The field is left in whatever way, and nothing typed there is lost; what is sent from there is the whole message. */
function follow(): void {
  addEventListener(
    "keydown",
    (event) => {
      const from = field(event.target);
      if (!from || event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      back(from, true);
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    const from = field(event.target);
    if (!from || event.key !== "Enter" || event.defaultPrevented) return;
    event.preventDefault();
    back(from, true);
    if (event.ctrlKey || event.metaKey) send(document.activeElement);
  });
  document.addEventListener("combobox:nothing", (event) => {
    const from = field(event.target);
    if (from) back(from, true);
  });
  // Nobody is called so: after an @ in the text one was only writing, and goes on there.
  document.addEventListener("combobox:none", (event) => {
    const from = field(event.target);
    if (from && asked.has(from)) back(from, true);
  });
  document.addEventListener("input", (event) => {
    const from = field(event.target);
    if (from && asked.has(from) && /^\s/.test(from.value)) back(from, true);
  });
  document.addEventListener("focusout", (event) => {
    const from = field(event.target);
    if (from && document.activeElement !== from) back(from, false); // another window before this one is no leaving
  });
  // The key of a phone that sends forms says no name of its own.
  addEventListener(
    "submit",
    (event) => {
      const from = field(document.activeElement);
      if (!from || from.form !== event.target) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      back(from, true);
    },
    true,
  );
}

function write(form: HTMLElement): void {
  const talk = /^(.+)-talk:(\d+)$/.exec(form.dataset["talk"] ?? "");
  if (!talk || Date.now() - said < EVERY) return;
  said = Date.now();
  const data = { kind: talk[1], id: Number(talk[2]) };
  document.dispatchEvent(new CustomEvent("line:say", { detail: { name: "typing", data } }));
}

interface Writing {
  kind: string;
  id: number;
  person: number;
  name: string;
  /** What they are called in each language in which they have a name. */
  names: Record<string, string>;
}

function show({ kind, id, person, name, names }: Writing): void {
  const live = `${kind}-talk:${id}`;
  const place = document.querySelector<HTMLElement>(`[data-typing="${CSS.escape(live)}"]`);
  const me = document.querySelector<HTMLElement>("[data-talk][data-me]")?.dataset["me"];
  if (!place || String(person) === me) return;
  place.dataset["person"] = String(person);
  place.textContent = (place.dataset["one"] ?? "").replace("{name}", () => names[document.documentElement.lang] ?? name);
  clearTimeout(hiding.get(place));
  hiding.set(place, setTimeout(() => (place.textContent = ""), STAY));
}

interface Said {
  owner: { kind: string; id: number };
  author: { id: number };
}

/** What was being written has come: nobody is writing it any more. */
function came({ owner, author }: Said): void {
  const place = document.querySelector<HTMLElement>(`[data-typing="${CSS.escape(`${owner.kind}-talk:${owner.id}`)}"]`);
  if (place?.dataset["person"] !== String(author.id)) return;
  clearTimeout(hiding.get(place));
  place.textContent = "";
}

export function start(): void {
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches("[data-called]")) call(event.target);
  });
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (!(area instanceof HTMLTextAreaElement)) return;
    if ((event as InputEvent).data === "@") at(area);
    const form = area.closest<HTMLElement>("form[data-talk]");
    if (form && area.value) write(form);
  });
  follow();
  document.addEventListener("line:message", (event) => came((event as CustomEvent<Said>).detail));
  document.addEventListener("line:typing", (event) => show((event as CustomEvent<Writing>).detail));
}
