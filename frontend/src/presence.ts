/**
 * Who came and who went, told by the line in one message for many: the dot with its word beside their names is shown or
 * hidden. `<span class="presence" data-presence="7" hidden>here</span>`; what a page brings in later is right by itself.
 */
interface Change {
  here: number[];
  gone: number[];
}

function tell({ here, gone }: Change): void {
  const marks = document.querySelectorAll<HTMLElement>("[data-presence]");
  if (!marks.length) return;
  const came = new Set(here.map(String));
  const went = new Set(gone.map(String));
  for (const mark of marks) {
    const id = mark.dataset["presence"] ?? "";
    if (came.has(id)) mark.hidden = false;
    else if (went.has(id)) mark.hidden = true;
  }
}

export function start(): void {
  document.addEventListener("line:presence", (event) => tell((event as CustomEvent<Change>).detail));
}
