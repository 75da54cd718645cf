/** htmx under the strict policy: its HTML goes through the one Trusted Types policy, and nothing is evaluated. */
import htmx from "htmx.org";

interface Policy {
  createHTML(html: string): string;
  createScript(code: string): string;
  createScriptURL(address: string): string;
}

interface Inside {
  initSecurity(policy: Policy, sync: () => never, later: () => never): void;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  }
}

function refuse(): never {
  throw new Error("Code in attributes is not run here.");
}

export const SERVICE_WORKER = "/service-worker.js";

/** The only script that is loaded by its address is our own service worker. */
function ours(address: string): string {
  return address === SERVICE_WORKER ? address : refuse();
}

const rules: Policy = { createHTML: (html) => html, createScript: refuse, createScriptURL: ours };
export const policy: Policy = window.trustedTypes?.createPolicy("htmx", rules) ?? rules;

htmx.registerExtension("strict", {
  init(inside: Inside): void {
    inside.initSecurity(policy, refuse, refuse);
  },
});
