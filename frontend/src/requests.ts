/** Every request of the page carries the token against forgery; refusals are said, never swapped into a row. */
import htmx from "htmx.org";
import { away, pressed, sendAgain } from "./away";
import { say } from "./toast";
import { word } from "./words";

interface Context {
  request: { method: string; headers: Record<string, string>; body?: unknown };
  /** What a request that got no answer had carried, when it is sent again. */
  again?: FormData | URLSearchParams;
  response?: { status: number; headers: Headers };
  hx?: Record<string, string>;
  text?: string;
  swap?: string;
}

const WORDS: Record<number, string> = { 403: "forbidden", 404: "gone", 409: "stale", 412: "stale", 429: "busy", 503: "busy" };

/** The sentence an error page carries for this purpose, else a general one. */
export function reason(context: Pick<Context, "text">, status: number): string {
  const carried = /data-problem="([^"]*)"/.exec(context.text ?? "")?.[1];
  if (!carried) return word(WORDS[status] ?? "failed");
  return carried.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
}

/** A page of its own that tells a failure: it is never drawn into a piece of this one, whatever its status. */
function wholePage(context: Pick<Context, "text">): boolean {
  return /<h1[^>]* data-problem=/.test(context.text ?? "");
}

/** Somebody signed in again elsewhere: what is pressed from now on carries the token of their session now. */
export function renew(headers: Pick<Headers, "get">): void {
  const held = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]');
  const token = headers.get("X-CSRF-Token");
  if (!held || !token) return;
  held.content = token;
  for (const field of document.querySelectorAll<HTMLInputElement>("input[name=csrf_token]")) field.value = token;
}

/**
 * For what a page sends by itself. Whether the session now is one of the same person: then it goes again, with the token
 * that holds. Nothing is ever sent by itself in the name of somebody else.
 */
export function mine(headers: Pick<Headers, "get">): boolean {
  if (!headers.get("X-CSRF-Token") || headers.get("X-Person") !== document.body.dataset["me"]) return false;
  renew(headers);
  return true;
}

export function start(): void {
  const held = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]');

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: Context }>).detail;
    if (ctx.request.method !== "GET") ctx.request.headers["X-CSRF-Token"] = held?.content ?? "";
    // The fields of a DELETE go into its address, which is no place for a token.
    if (ctx.request.method === "DELETE") (ctx.request.body as FormData).delete("csrf_token");
    if (ctx.again) ctx.request.body = ctx.again;
  });

  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: Context }>).detail;
    const status = ctx.response?.status ?? 0;
    // What the page noted by itself with the token of the session before goes once more, with the one that holds.
    const stale = status === 403 && !ctx.again && !pressed(ctx) && ctx.response && mine(ctx.response.headers);
    if (ctx.response) renew(ctx.response.headers);
    if (stale) {
      ctx.swap = "none";
      return sendAgain(ctx);
    }
    // A 422 is the form again with its reasons; others are swapped only where the answer says where.
    const placed = status === 422 || ctx.hx?.["retarget"] || ctx.hx?.["reswap"];
    if (status === 401 || (placed && !wholePage(ctx))) return;
    ctx.swap = "none";
    say(reason(ctx, status), { bad: true });
  });

  document.addEventListener("htmx:error", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx?: Context }>).detail;
    if (ctx && !ctx.response && pressed(ctx)) away(ctx);
  });

  // Something that waits for a longer answer is marked busy for those who listen instead of look.
  document.addEventListener("htmx:before:request", (event) => event.target instanceof Element && event.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:finally:request", (event) => event.target instanceof Element && event.target.removeAttribute("aria-busy"));
  htmx.config.defaultFocusScroll = false;
}
