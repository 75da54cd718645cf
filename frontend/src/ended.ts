/**
 * A session that was ended elsewhere: what the page shows is covered by `<dialog id="ended">` until its reader is signed
 * in again; where something was being written that is done in another tab, and nothing is lost. A session of somebody else
 * uncovers nothing.
 */
import { onTheWayOut } from "./leaving";
import { waiting } from "./unsaved";

const ASK = 3000;

type Reader = "same" | "other" | "nobody" | "unknown";

/** Who is signed in in this browser now; unknown where the line is away. */
async function reader(): Promise<Reader> {
  // A page would lead to sign-in, which is no failure: what fails is written into the browser's console.
  const page = await fetch("/notifications/counts", { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (page?.type === "opaqueredirect") return "nobody";
  const answer = page?.ok ? await fetch("/api/v1/me", { cache: "no-store" }).catch(() => null) : null;
  if (!answer?.ok) return "unknown";
  const { id } = (await answer.json()) as { id: number };
  return String(id) === document.body.dataset["me"] ? "same" : "other";
}

let covered = false;

/** Asked once the server has ended the line; `again` goes on where the reader is still, or again, the same. */
export async function ended(again: () => void): Promise<void> {
  if (onTheWayOut() || covered) return;
  const dialog = document.querySelector<HTMLDialogElement>("dialog#ended");
  const who = await reader();
  if (!dialog || who === "same" || onTheWayOut()) return again();
  if (who === "unknown") return void setTimeout(() => void ended(again), ASK);
  covered = true;
  const link = dialog.querySelector("a");
  if (link) link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  if (link && waiting()) link.target = "_blank";
  const stay = (): void => (covered ? dialog.showModal() : undefined);
  dialog.addEventListener("close", stay);
  dialog.showModal();
  const timer = setInterval(() => void look(), ASK);
  addEventListener("focus", look);

  async function look(): Promise<void> {
    const now = await reader();
    if (now !== "same" || !covered) return;
    covered = false;
    clearInterval(timer);
    removeEventListener("focus", look);
    dialog?.close();
    dialog?.removeEventListener("close", stay);
    again();
  }
}
