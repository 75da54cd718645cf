/** The few sentences modules say, in the person's language, as the server wrote them into the page. */
export function word(name: string): string {
  return document.getElementById("words")?.dataset[name] ?? "";
}

/** The icon `name` from the sprite the page already uses. */
export function icon(name: string): SVGSVGElement {
  const known = document.querySelector("svg.icon > use")?.getAttribute("href") ?? "";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${known.split("#")[0]}#${name}`);
  svg.append(use);
  return svg;
}

/** Whether somebody is typing there, so that single keys are letters and not commands. A dialog that was just closed may
 * still have the focus until the page is drawn again. */
export function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    !target.closest("dialog:not([open])") &&
    (target.isContentEditable || target.matches("input:not([type=checkbox],[type=radio],[type=button],[type=submit]),textarea,select"))
  );
}
