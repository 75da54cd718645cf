/**
 * A talk: whoever is chosen is mentioned in the text, and who is writing is shown for a moment.
 * `<form data-talk="work-item-talk:7" data-me="5">` with a textarea and `<div class="combobox" data-call>` whose hidden
 * input carries `data-called`; `<p data-typing="work-item-talk:7" data-one="{name} is writing…">`.
 */
import { mention, write as put } from "./mention";

const EVERY = 2_500;
const STAY = 4_000;
let said = 0;
const hiding = new WeakMap<Element, ReturnType<typeof setTimeout>>();

/** Somebody was chosen. */
function call(value: HTMLInputElement): void {
  const area = value.form?.querySelector("textarea");
  const field = value.closest("[data-call]")?.querySelector<HTMLInputElement>("input:not([type=hidden])");
  if (!area || !field || !value.value) return;
  mention(area, field.value, value.value, value.dataset["hint"] ?? "");
  value.value = field.value = "";
}

/** An @ at the beginning of a word asks whom. */
function at(area: HTMLTextAreaElement): void {
  const place = area.selectionStart;
  const field = area.form?.querySelector<HTMLInputElement>("[data-call] input:not([type=hidden])");
  if (!field || !/(^|\s)@$/.test(area.value.slice(0, place))) return;
  put(area, place - 1, place, "");
  field.focus();
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
}

function show({ kind, id, person, name }: Writing): void {
  const live = `${kind}-talk:${id}`;
  const place = document.querySelector<HTMLElement>(`[data-typing="${CSS.escape(live)}"]`);
  const me = document.querySelector<HTMLElement>("[data-talk][data-me]")?.dataset["me"];
  if (!place || String(person) === me) return;
  place.textContent = (place.dataset["one"] ?? "").replace("{name}", name);
  clearTimeout(hiding.get(place));
  hiding.set(place, setTimeout(() => (place.textContent = ""), STAY));
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
    if (form) write(form);
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Escape" || !(field instanceof HTMLInputElement) || !field.closest("[data-call]")) return;
    field.form?.querySelector("textarea")?.focus();
  });
  document.addEventListener("line:typing", (event) => show((event as CustomEvent<Writing>).detail));
}
