/** Links that are there to be passed on: pressed, `<a data-copy-link>` goes to the clipboard; where there is none, it leads there,
 *  and where it is refused, the address stands selected in a field. */
import { say } from "./toast";
import { word } from "./words";

export function start(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-copy-link]");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void navigator.clipboard.writeText(link.href).then(
      () => say(word("copied")),
      () => prompt(link.innerText.trim(), link.href),
    );
    link.closest<HTMLElement>("[popover]")?.hidePopover();
  });
}
