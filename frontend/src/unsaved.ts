/** What was typed is kept: when the line is away, when sending failed, and when the page is left by mistake. */
import { formAway } from "./away";
import { inTab, takenAlong } from "./drafts";
import { touched } from "./keep";
import { remember, stored } from "./mention";
import { word } from "./words";

const sent = new WeakSet<HTMLFormElement>();
const taken = new WeakSet<HTMLFormElement>();

/** Whether leaving would lose what stands in a field. */
function unsaved(field: Element): boolean {
  return field.matches(":is(input,textarea):not([type=password])") && touched(field) && !takenAlong(field);
}

/** Marks the form of a field that was changed as holding something of its person. Words that were deleted again are none,
 * unless something was chosen beside them. */
function mark(field: HTMLElement): void {
  const form = field.closest("form");
  if (!field.matches("textarea,input:not([type=checkbox],[type=radio])")) form?.setAttribute("data-chosen", "");
  form?.toggleAttribute("data-typed", form.hasAttribute("data-chosen") || [...form.elements].some(touched));
}

/** The fields in which words are written. */
export const WORDS = "textarea,input:not([type=hidden],[type=checkbox],[type=radio],[type=password],[type=search],[type=file])";

/** Whether a form came back with what is wrong in it: what its fields say was typed, though they say so from the first. */
function refused(form: HTMLFormElement): boolean {
  const said = (field: Element): boolean => field.matches(WORDS) && (field as HTMLInputElement).value.trim() !== "";
  return form.querySelector("[aria-invalid=true]") !== null && [...form.elements].some(said);
}

function waiting(): HTMLFormElement | undefined {
  return [...document.querySelectorAll<HTMLFormElement>("form[method=post],form[hx-post],form[hx-put],form[hx-patch]")].find(
    (form) => !sent.has(form) && ([...form.elements].some(unsaved) || refused(form)),
  );
}

/** Whether a file is on its way, or was chosen for a message that was not sent: no draft keeps it. */
function carrying(): boolean {
  return [...document.querySelectorAll<HTMLElement>(".upload:not([data-refused])")].some((row) => {
    const form = row.closest("form");
    return !form || !sent.has(form);
  });
}

export function start(): void {
  const banner = document.querySelector<HTMLElement>("[data-offline]");
  // What stands below it is told how much room it takes, in however many lines.
  const room = (): void => document.documentElement.style.setProperty("--offline", `${banner?.offsetHeight ?? 0}px`);
  if (banner) new ResizeObserver(room).observe(banner);
  const show = (): void => {
    if (banner) banner.hidden = navigator.onLine;
    room();
  };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();

  // Texts with a name and an id come back when the same form is opened again.
  for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-draft][id]")) {
    const kept = sessionStorage.getItem(inTab(area.id));
    if (kept && !area.value) area.value = kept;
    else if (kept) remember(area, kept);
  }
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (area instanceof HTMLElement) mark(area);
    if (area instanceof HTMLTextAreaElement && area.matches("[data-draft][id]")) sessionStorage.setItem(inTab(area.id), stored(area));
  });
  document.addEventListener("reset", (event) => {
    for (const area of (event.target as HTMLFormElement).querySelectorAll<HTMLTextAreaElement>("textarea[data-draft][id]")) {
      sessionStorage.removeItem(inTab(area.id));
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!navigator.onLine && form.method !== "dialog") {
      event.preventDefault();
      event.stopImmediatePropagation();
      show();
      formAway(form, event.submitter);
      return;
    }
    sent.add(form);
    setTimeout(() => taken.has(form) || sent.delete(form), 4000);
  }, true);
  // What the server took is no longer "typed and not sent".
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { sourceElement: Element; response?: { status: number }; request: { form?: HTMLFormElement } } }>).detail;
    // What is only shown while one writes takes nothing.
    if ((ctx.response?.status ?? 500) >= 300 || !ctx.sourceElement.matches("form,button:not([type=button])")) return;
    for (const field of ctx.request.form?.elements ?? []) {
      if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) field.defaultValue = field.value;
      if (field instanceof HTMLInputElement) field.defaultChecked = field.checked;
    }
  });
  // Taken, and another page is on its way, however long it takes to come.
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { status: number; headers: Headers }; request: { form?: HTMLFormElement } } }>).detail;
    const led = (ctx.response?.status ?? 500) < 300 && ctx.response?.headers.has("HX-Redirect");
    if (!led || !ctx.request.form) return;
    taken.add(ctx.request.form);
    sent.add(ctx.request.form);
  });
  addEventListener("beforeunload", (event) => {
    // What a dialog took over from one step to the next stands in its fields as if it came from the server.
    const chosen = [...document.querySelectorAll<HTMLFormElement>("dialog[open] form[data-chosen]")].some((form) => !sent.has(form));
    // Asked first: words that are kept go on their way with it, whatever else holds one back.
    const words = waiting();
    if (!document.body.hasAttribute("data-shell") || !(words || chosen || carrying())) return;
    event.preventDefault();
    event.returnValue = word("leave");
  });
}
