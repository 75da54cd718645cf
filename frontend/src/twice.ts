/**
 * What is pressed twice happens once. A form under way does not go again before its answer, nor does a button that asks
 * by itself; the second half of a double click is no press of its own; and where a row goes away under the pointer, the
 * second half was not meant for the row that comes to lie there.
 */
const WITHIN = 600;
const NEAR = 12;

let row: Element | null = null;
let at = 0;
let place = { x: 0, y: 0 };

function swallowed(event: MouseEvent): boolean {
  const target = event.target as Element;
  const here = target.closest?.("[data-rows] > *") ?? null;
  const acts = Boolean(here && target.closest("button, a[data-key]"));
  const near = Math.hypot(event.clientX - place.x, event.clientY - place.y) <= NEAR;
  // From the keyboard nothing comes to lie under anything.
  const pointer = event.detail > 0;
  const again = pointer && acts && near && here !== row && row !== null && event.timeStamp - at < WITHIN;
  if (!again && pointer) {
    row = acts ? here : null;
    at = event.timeStamp;
    place = { x: event.clientX, y: event.clientY };
  }
  return again;
}

const ASKS = "[hx-post],[hx-put],[hx-patch],[hx-delete]";
/** Where no page and no answer comes (a file that is saved), the form may go again after this. */
const LONGEST = 8000;
const under = new WeakMap<HTMLFormElement, HTMLElement | null>();

function free(form: HTMLFormElement): void {
  under.get(form)?.removeAttribute("aria-busy");
  under.delete(form);
}

function sent(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.getAttribute("method")?.toLowerCase() !== "post" || !navigator.onLine) return;
  if (under.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const question = form.dataset["confirm"]; // what cannot be taken back is asked about first
  if (question && !confirm(question)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const sure = form.elements.namedItem("sure"); // without scripts the server asks
  if (question && sure instanceof HTMLInputElement) sure.value = "on";
  const button = event.submitter;
  under.set(form, button);
  setTimeout(() => {
    // A module took it over, and sends it in its own way.
    if (event.defaultPrevented && !form.matches(ASKS)) free(form);
    else button?.setAttribute("aria-busy", "true");
  });
  setTimeout(() => free(form), LONGEST);
}

function pressed(event: MouseEvent): void {
  const act = (event.target as Element).closest?.<HTMLElement>(`button:not([type=button]),button:is(${ASKS})`);
  if (!act || (event.detail < 2 && act.getAttribute("aria-busy") !== "true")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

export function start(): void {
  document.addEventListener("submit", sent, true);
  document.addEventListener("click", pressed, true);
  document.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { headers: Headers } } }>).detail;
    if (event.target instanceof HTMLFormElement && !ctx.response?.headers.has("HX-Redirect")) free(event.target);
  });
  // A page that comes back from memory may be sent again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) free(form);
  });
  document.addEventListener(
    "click",
    (event) => {
      if (!swallowed(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}
