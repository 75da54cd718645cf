/**
 * What is written and not sent is kept with the server, so that it is there on the next desk too.
 * `<form data-keep="/conversations/7/draft">` with a textarea; without a line it stays in the page as before.
 */
import { stored } from "./mention";
import { mine } from "./requests";

const PAUSE = 1_200;
let timer: ReturnType<typeof setTimeout> | undefined;
let asking: AbortController | undefined;

async function keep(form: HTMLFormElement, area: HTMLTextAreaElement, again = false): Promise<void> {
  const shown = area.value;
  const text = stored(area);
  asking?.abort();
  asking = new AbortController();
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  const answer = await fetch(form.dataset["keep"] ?? "", {
    method: "PUT",
    headers: { "X-CSRF-Token": token, "X-Person": document.body.dataset["me"] ?? "", "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ text }),
    keepalive: text.length < 30_000,
    signal: asking.signal,
  });
  if (!again && mine(answer.headers)) return keep(form, area, true);
  // What the server keeps is not lost by leaving the page.
  if (answer.ok && form.isConnected) area.defaultValue = shown;
}

function stop(): void {
  clearTimeout(timer);
  timer = undefined;
  asking?.abort();
}

export function start(): void {
  if (!document.querySelector("form[data-keep]")) return;
  document.addEventListener("input", (event) => {
    const area = event.target;
    const form = area instanceof HTMLTextAreaElement ? area.closest<HTMLFormElement>("form[data-keep]") : null;
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(() => void keep(form, area as HTMLTextAreaElement).catch(() => undefined), PAUSE);
  });
  document.addEventListener("submit", stop, true);
  // A button of the composer that keeps its words for later sends no form.
  document.addEventListener("htmx:before:request", (event) => {
    const asks = event.target instanceof Element ? event.target : null;
    if (asks?.closest("form[data-keep]") && !asks.closest(".composer-preview")) stop();
  });
  // What was sent is no draft: the composer is empty whatever was kept of it.
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { status: number }; request: { method: string } } }>).detail;
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-keep]") || (ctx.response?.status ?? 500) >= 300) return;
    const area = form.querySelector("textarea");
    if (area) area.defaultValue = area.value = "";
  });
}
