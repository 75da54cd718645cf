/**
 * Writing a query: what may come next is offered under the field, as in a combobox, and written at the cursor.
 * `<div data-query="/queries/completions"><input></div>`; the address answers `?text=` with
 * `{"items": [{"text": "holder:", "note": "Holder", "begin": 0, "done": false}]}`.
 */
import { place } from "./menu";
import { word } from "./words";

interface Completion {
  text: string;
  note: string;
  begin: number;
  done: boolean;
}

const PAUSE = 120;

class Query {
  private readonly list = document.createElement("ul");
  private items: Completion[] = [];
  private at = -1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly address: string,
    private readonly said: HTMLElement,
  ) {
    this.list.id = `${input.id}-options`;
    this.list.className = "options";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("popover", "manual");
    this.list.setAttribute("aria-label", input.getAttribute("aria-label") ?? "");
    input.type = "text"; // a field of kind "search" may not be a combobox
    for (const [name, set] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"], ["aria-controls", this.list.id]] as const) input.setAttribute(name, set);
    input.parentElement?.append(this.list);
    input.addEventListener("input", () => this.soon());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest?.<HTMLElement>("[data-at]");
      if (option) this.choose(Number(option.dataset["at"]));
    });
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    this.asking?.abort();
    this.asking = new AbortController();
    const url = new URL(this.address, location.href);
    url.searchParams.set("text", this.input.value.slice(0, this.cursor()).trimStart());
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: this.asking.signal });
      if (!answer.ok) return this.close();
      this.items = ((await answer.json()) as { items: Completion[] }).items;
      if (document.activeElement === this.input) this.show();
    } catch {
      // Overtaken by a newer question, or offline: the field stays a field.
    }
  }

  private cursor(): number {
    return this.input.selectionEnd ?? this.input.value.length;
  }

  private show(): void {
    if (!this.items.length) return this.close();
    this.list.replaceChildren(
      ...this.items.map((item, at) => {
        const option = document.createElement("li");
        option.className = "option";
        option.id = `${this.list.id}-${at}`;
        option.dataset["at"] = String(at);
        option.setAttribute("role", "option");
        for (const [style, text] of [["option-name", item.text], ["option-hint", item.note]] as const) {
          const part = document.createElement("bdi");
          part.className = style;
          part.textContent = text;
          option.append(part);
        }
        return option;
      }),
    );
    this.said.textContent = word("found").replace("{count}", String(this.items.length));
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    place(this.list, this.input);
    this.input.setAttribute("aria-expanded", "true");
    this.move(-1);
  }

  private move(to: number): void {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = to;
    const option = to >= 0 ? this.list.children[to] : undefined;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private choose(at: number): void {
    const item = this.items[at];
    if (!item) return;
    const { value } = this.input;
    const skipped = value.length - value.trimStart().length;
    const before = value.slice(0, skipped + item.begin);
    const written = item.text + (item.done ? " " : "");
    this.input.value = before + written + value.slice(this.cursor());
    this.input.setSelectionRange(before.length + written.length, before.length + written.length);
    this.close();
    if (!item.done) void this.ask();
  }

  private key(event: KeyboardEvent): void {
    const open = this.list.matches(":popover-open");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !open) void this.ask();
    else if (step) this.move((this.at + step + this.items.length + (this.at < 0 && step < 0 ? 1 : 0)) % this.items.length);
    // Enter asks the query unless something was chosen from the list.
    else if ((event.key === "Enter" || event.key === "Tab") && open && this.at >= 0) this.choose(this.at);
    else if (event.key === "Escape" && open) this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private close(): void {
    clearTimeout(this.timer);
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.at = -1;
  }
}

function dress(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-query]:not([data-ready])")) {
    const input = box.querySelector<HTMLInputElement>("input");
    if (!input) continue;
    box.dataset["ready"] = "";
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    box.append(said);
    new Query(input, box.dataset["query"] ?? "", said);
  }
}

/** On a phone the words of a query stand folded away until somebody wants to write them. */
function opened(event: Event): void {
  const button = (event.target as Element).closest?.<HTMLElement>(".ask-open");
  const box = button?.closest<HTMLElement>(".ask");
  if (!button || !box) return;
  const open = box.toggleAttribute("data-open");
  button.setAttribute("aria-expanded", String(open));
  if (open) box.querySelector<HTMLElement>("[data-query] input")?.focus();
}

export function start(): void {
  dress(document);
  document.addEventListener("click", opened);
  document.addEventListener("htmx:after:swap", () => dress(document));
}
