/**
 * A session that was ended elsewhere: what the page shows is covered by `<dialog id="ended">` until its reader is signed
 * in again; where something was being written that is done in another tab, and nothing is lost. A session of somebody else
 * uncovers nothing. Once the reader is there (again), the page hears of it: `session:back`.
 */
import type { Asked } from "./away";
import { touched } from "./keep";
import { onTheWayOut } from "./leaving";

const REST = 3000;

type Reader = "same" | "other" | "nobody" | "unknown";

/** Who is signed in in this browser now; unknown where the line is away. */
async function reader(): Promise<Reader> {
  // A page would lead to sign-in, which is no failure: what fails is written into the browser's console.
  const page = await fetch("/notifications/counts", { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (page?.type === "opaqueredirect") return "nobody";
  const answer = page?.ok ? await fetch("/api/v1/me", { cache: "no-store" }).catch(() => null) : null;
  if (!answer?.ok) return "unknown";
  const me = (await answer.json().catch(() => null)) as { id: number } | null;
  if (!me) return "unknown";
  return String(me.id) === document.body.dataset["me"] ? "same" : "other";
}

/** A little later, or as soon as somebody comes back to this page. */
function rest(): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(over, REST);
    addEventListener("focus", over);
    function over(): void {
      clearTimeout(timer);
      removeEventListener("focus", over);
      done();
    }
  });
}

async function cover(dialog: HTMLDialogElement): Promise<void> {
  const written = [...document.querySelectorAll("form :is(input,textarea):not([type=password])")].some(touched);
  const link = dialog.querySelector("a");
  if (link) {
    link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.target = written ? "_blank" : "";
  }
  const stay = (): void => dialog.showModal();
  dialog.addEventListener("close", stay);
  dialog.showModal();
  do await rest();
  while ((await reader()) !== "same");
  dialog.removeEventListener("close", stay);
  dialog.close();
}

let asking = false;

/** Whether the page is covered: what stands below it is asked for by nobody then. */
export function covered(): boolean {
  return document.querySelector("dialog#ended[open]") !== null;
}

/** The server has ended the line, refused one, or answered that nobody is signed in: is the reader still there? */
export async function ended(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    let who = await reader();
    for (; who === "unknown"; who = await reader()) await rest();
    if (onTheWayOut()) return;
    const dialog = document.querySelector<HTMLDialogElement>("dialog#ended");
    if (who === "same" || !dialog) await rest();
    else await cover(dialog);
  } finally {
    asking = false;
  }
  document.dispatchEvent(new CustomEvent("session:back"));
}

/**
 * What the page asked by itself is answered with the way to sign in. Nobody pressed anything: the page stays, covered;
 * and where somebody signs out, it would overtake the answer that empties the browser.
 */
function overtakes(event: Event): void {
  const { ctx } = (event as CustomEvent<{ ctx: Asked & { response: { status: number } } }>).detail;
  const pressed = ["click", "submit"].includes(ctx.sourceEvent?.type ?? "");
  if (ctx.response.status !== 401 || (pressed && !onTheWayOut())) return;
  event.preventDefault();
  if (!onTheWayOut()) void ended();
}

export function start(): void {
  addEventListener("htmx:before:response", overtakes);
}
