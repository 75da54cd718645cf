/** What few pages need is fetched with the first of it that is shown. */
import { policy, SERVICE_WORKER } from "./strict";

interface Module {
  start(): void;
}

const SELDOM: [() => boolean, () => Promise<Module>][] = [
  [() => shown("[data-quick]"), () => import("./quick")],
  [() => shown("[data-presence]"), () => import("./presence")],
  [() => shown("time[data-relative]"), () => import("./relative")],
  [() => shown("[data-ranks]"), () => import("./ranking")],
  [() => shown("[data-dots]"), () => import("./dots")],
  [() => shown("[data-leave]"), () => import("./changing")],
  [() => shown("[data-find]"), () => import("./finding")],
  [() => shown("[data-stopped-by]"), () => import("./awaited")],
  [() => shown("form[data-push],form[data-push-off]") || localStorage.getItem("push") !== null, () => import("./push").then(({ begin }) => ({ start: () => begin(policy.createScriptURL(SERVICE_WORKER)) }))],
];

function shown(what: string): boolean {
  return document.querySelector(what) !== null;
}

function fetchThem(): void {
  for (const one of [...SELDOM]) {
    const [needed, load] = one;
    if (!needed()) continue;
    SELDOM.splice(SELDOM.indexOf(one), 1);
    // The line was away: the next page or piece of one asks again.
    load().then((module) => module.start(), () => SELDOM.push(one));
  }
}

export function start(): void {
  fetchThem();
  document.addEventListener("htmx:after:swap", fetchThem);
}
