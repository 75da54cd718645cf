/**
 * What is missing or wrong is said at its field, in the language of the page and in the same manner as the server says
 * it, never in a bubble of the browser. Texts may be typed beyond their limit, which is said near its end.
 */
import { word } from "./words";

type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const digits = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false });
const SAID = "refusal-said";
let number = 0;

function dress(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[method=post]")) form.noValidate = true;
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(".field > :is(input,textarea)[maxlength]")) {
    field.dataset["most"] = String(field.maxLength);
    field.removeAttribute("maxlength");
  }
}

/** The sentence for a field that cannot be sent so, else nothing. What else is wrong the server says. */
function reason(field: Typed): string {
  if (field.validity.customError) return field.validationMessage;
  if (field.validity.badInput) return word(field.getAttribute("type") === "date" ? "wrongDate" : "number");
  return field.validity.valueMissing ? word("needed") : "";
}

/** The circles of one question, of which one sentence speaks; of anything else the field alone. */
function circles(field: Element): Element[] {
  if (!(field instanceof HTMLInputElement) || field.type !== "radio" || !field.form) return [field];
  const all = [...field.form.elements].filter((each) => each instanceof HTMLInputElement && each.type === "radio" && each.willValidate);
  return all.filter((each) => each.getAttribute("name") === field.name);
}

function unsay(field: Element): void {
  const said = document.getElementById(field.getAttribute("data-refused") ?? "");
  if (!said) return;
  field.setAttribute("aria-describedby", (field.getAttribute("aria-describedby") ?? "").replace(said.id, "").trim());
  if (!field.getAttribute("aria-describedby")) field.removeAttribute("aria-describedby");
  field.removeAttribute("aria-invalid");
  field.removeAttribute("data-refused");
  said.remove();
}

/** What the server said at a field holds no longer once something else is written there. */
function answered(field: Element): void {
  if (field.getAttribute("aria-invalid") !== "true") return;
  const said = (field.getAttribute("aria-describedby") ?? "").split(" ");
  const errors = said.filter((id) => document.getElementById(id)?.matches(".field-error"));
  for (const id of errors) document.getElementById(id)?.remove();
  field.removeAttribute("aria-invalid");
  const rest = said.filter((id) => !errors.includes(id)).join(" ");
  if (rest) field.setAttribute("aria-describedby", rest);
  else field.removeAttribute("aria-describedby");
}

/** What stands around a field: its name, its hint and what is wrong with it. */
function around(field: Element): Element {
  return field.closest(".field, .choices, .ballot-choices, .cell-line, .date") ?? field;
}

function say(field: Element, sentence: string): void {
  unsay(field);
  const said = document.createElement("span");
  said.className = `field-error ${SAID}`;
  said.id = `refused-${(number += 1)}`;
  said.textContent = sentence;
  const box = around(field);
  const label = box.querySelector(":scope > .field-label, :scope > legend");
  if (label) label.after(said);
  else (box.matches(".field") ? field : box).before(said);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("data-refused", said.id);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${said.id}`.trim());
}

function sent(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.submitter?.hasAttribute("formnovalidate")) return;
  // Words of a date or a name that are being read: the form is sent as it was meant once they are.
  const reading = form.querySelector("[data-reading]");
  if (reading) {
    event.preventDefault();
    event.stopImmediatePropagation();
    reading.addEventListener("field:read", () => form.requestSubmit(event.submitter), { once: true });
    return;
  }
  if (!form.noValidate) return;
  const fields = [...form.elements].filter((each): each is Typed => each.matches("input,textarea,select"));
  const wrong = fields.filter((field) => field.willValidate && reason(field) && circles(field)[0] === field);
  for (const field of fields) unsay(field);
  for (const field of wrong) say(field, reason(field));
  const [first] = wrong;
  if (!first) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  for (let fold = first.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  first.focus({ preventScroll: true });
  (first.closest(".field") ?? around(first)).scrollIntoView({ block: "nearest" });
}

/** How much is left, once little is; and that it is too much. */
function count(field: HTMLInputElement | HTMLTextAreaElement): void {
  const most = Number(field.dataset["most"]);
  const length = [...field.value].length;
  const next = field.nextElementSibling;
  let shown = next instanceof HTMLElement && next.matches(".field-count") ? next : null;
  const tooLong = length > most;
  field.setCustomValidity(tooLong ? word("tooLong").replace("{limit}", digits.format(most)) : "");
  if (length < most * 0.8) return shown?.remove();
  if (!shown) {
    shown = document.createElement("span");
    shown.className = "field-count";
    shown.setAttribute("role", "status");
    field.after(shown);
  }
  shown.classList.toggle("field-count-over", tooLong);
  shown.textContent = `${digits.format(length)} / ${digits.format(most)}`;
}

export function start(): void {
  dress();
  document.addEventListener("htmx:after:swap", dress);
  document.addEventListener("submit", sent, true);
  document.addEventListener("input", (event) => {
    const field = event.target as Element;
    for (const each of circles(field)) if (each.hasAttribute("data-refused")) unsay(each);
    answered(field);
    if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.dataset["most"]) count(field);
  });
}
