/** htmx under the strict policy: its HTML goes through the one Trusted Types policy, and nothing is evaluated. */
import htmx from "htmx.org";

interface Policy {
  createHTML(html: string): string;
  createScript(code: string): string;
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

const rules: Policy = { createHTML: (html) => html, createScript: refuse };

htmx.registerExtension("strict", {
  init(inside: Inside): void {
    inside.initSecurity(window.trustedTypes?.createPolicy("htmx", rules) ?? rules, refuse, refuse);
  },
});
