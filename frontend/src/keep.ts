/** What a person typed or opened stays as it is when the server's newer text is morphed into the page. */
import htmx from "htmx.org";

type Typed = HTMLInputElement | HTMLTextAreaElement;

/** Whether the field holds something its page did not put there. */
export function touched(field: Element): boolean {
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (!(field instanceof HTMLInputElement) || field.type === "hidden" || field.type === "search") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

htmx.registerExtension("keep", {
  htmx_before_morph_node(old: Element): boolean {
    return !(old instanceof HTMLTextAreaElement && touched(old));
  },
  htmx_before_morph_attr(old: Element, detail: { attrName: string }): boolean {
    if (detail.attrName === "value") return !touched(old as Typed);
    if (detail.attrName === "open") return !(old instanceof HTMLDetailsElement || old instanceof HTMLDialogElement);
    // A long message that was shown whole: see whole.ts.
    if (detail.attrName === "data-whole") return false;
    if (detail.attrName === "aria-expanded") return !old.matches(".message-whole");
    return true;
  },
});
