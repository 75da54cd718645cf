/**
 * The palette: the field at the top of every page finds and does while one types. A combobox whose listbox has groups
 * (ARIA Authoring Practices); without this module the same field leads to the search page.
 * `GET /palette?q=` answers `{"groups": [{"key", "name", "options": [{"label", "icon", "href" | "press", "hint", "note"}]}]}`;
 * `press` names the control of the page that does it.
 */
import { place } from "./menu";
import { icon, word } from "./words";

interface Option {
  label: string;
  icon: string;
  href?: string;
  press?: string;
  hint?: string;
  note?: string;
}

interface Group {
  key: string;
  name: string;
  options: Option[];
}

const PAUSE = 40;
/** An answer that takes longer than this is said to be awaited; what stood there before was found for other words. */
const LONG = 200;
/** What was made a moment ago is not found yet: after these pauses it is asked for again. */
const AGAIN = [1000, 2000, 4000];

class Palette {
  private readonly list = document.createElement("div");
  private readonly said = document.createElement("span");
  private options: Option[] = [];
  private at = -1;
  /** The words for which the list was found: Enter never takes what was found for others. */
  private found = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private slow: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;
  private before: HTMLElement | null = null;

  constructor(private readonly input: HTMLInputElement) {
    this.list.id = "palette";
    this.list.className = "options palette";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("popover", "manual");
    this.list.setAttribute("aria-label", input.getAttribute("aria-label") ?? "");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    input.type = "text"; // a field of kind "search" may not be a combobox
    for (const [name, set] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"], ["aria-haspopup", "listbox"], ["aria-controls", this.list.id]] as const) input.setAttribute(name, set);
    input.form?.append(this.list, this.said);
    input.addEventListener("focusin", (event) => this.entered(event));
    input.addEventListener("click", () => void this.ask());
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The pointer chooses without taking the focus away from the field.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest?.<HTMLElement>("[data-at]");
      if (option) this.choose(Number(option.dataset["at"]), event.ctrlKey || event.metaKey);
    });
  }

  private entered(event: FocusEvent): void {
    if (event.relatedTarget instanceof HTMLElement) this.before = event.relatedTarget;
    void this.ask();
  }

  private typed(): void {
    clearTimeout(this.timer);
    clearTimeout(this.slow);
    this.timer = setTimeout(() => void this.ask(), PAUSE);
    this.slow = setTimeout(() => this.search(), LONG);
  }

  private search(): void {
    if (document.activeElement !== this.input || this.found === this.input.value) return;
    this.found = this.input.value;
    this.show([], true);
  }

  private async ask(times = 0): Promise<void> {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = new AbortController();
    const url = new URL("/palette", location.href);
    const typed = this.input.value;
    url.searchParams.set("q", typed);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: this.asking.signal });
      if (!answer.ok) return this.close();
      const { groups } = (await answer.json()) as { groups: Group[] };
      if (document.activeElement !== this.input) return;
      if (this.input.value !== typed) return;
      // Asked again for the same words: whoever walked on meanwhile stays where they are.
      const kept = this.found === typed ? this.options[this.at] : undefined;
      this.found = typed;
      this.show(groups);
      this.goBackTo(kept);
      const pause = AGAIN[times];
      if (pause && this.input.value.trim() && groups.every(({ key }) => key === "do")) this.timer = setTimeout(() => void this.ask(times + 1), pause);
    } catch (error) {
      // Overtaken by the next key; or offline, and Enter still leads to the search page.
      if (!(error instanceof DOMException && error.name === "AbortError")) this.close();
    }
  }

  private show(groups: Group[], awaited = false): void {
    clearTimeout(this.slow);
    this.options = [];
    const typed = this.input.value.trim();
    const shown = groups.map((group) => this.group(group));
    if (typed) {
      const everything: Option = { label: word("everywhere").replace("{typed}", typed), icon: "search", href: `/search?q=${encodeURIComponent(typed)}` };
      // What was named exactly comes first; else Enter asks everywhere, as it does without this list.
      const exact = groups[0]?.key === "exact";
      const row = this.option(everything, this.options.length);
      this.options.push(everything);
      if (exact) shown.splice(1, 0, row);
      else shown.unshift(row);
    }
    if (awaited) {
      const awaiting = document.createElement("div");
      awaiting.className = "option-none";
      awaiting.textContent = word("searching");
      shown.push(awaiting);
    }
    this.list.replaceChildren(...shown);
    this.number();
    const count = this.options.length - (typed ? 1 : 0);
    this.said.textContent = awaited ? word("searching") : count ? word("found").replace("{count}", String(count)) : word("none");
    if (!this.options.length) return this.close();
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    place(this.list, this.input, { wide: true });
    this.input.setAttribute("aria-expanded", "true");
    this.move(typed ? 0 : -1);
  }

  private group({ key, name, options }: Group): HTMLElement {
    const group = document.createElement("div");
    const title = document.createElement("div");
    title.id = `palette-${key}`;
    title.className = "palette-group";
    title.textContent = name;
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", title.id);
    group.append(title);
    for (const option of options) {
      group.append(this.option(option, this.options.length));
      this.options.push(option);
    }
    return group;
  }

  private option(option: Option, at: number): HTMLElement {
    const row = document.createElement("div");
    row.className = "option";
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset["at"] = String(at);
    row.append(icon(option.icon));
    for (const [name, text] of [["name", option.label], ["note", option.note], ["hint", option.hint]] as const) {
      if (!text) continue;
      const part = document.createElement("bdi");
      part.className = `option-${name}`;
      part.textContent = text;
      row.append(part);
    }
    return row;
  }

  /** Numbers follow the order on the screen, whatever the order in which rows were made. */
  private number(): void {
    const rows = this.rows();
    this.options = rows.map((row) => this.options[Number(row.dataset["at"])] as Option);
    rows.forEach((row, at) => {
      row.id = `palette-option-${at}`;
      row.dataset["at"] = String(at);
    });
  }

  private rows(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private move(to: number): void {
    const rows = this.rows();
    rows[this.at]?.setAttribute("aria-selected", "false");
    for (const row of rows) row.setAttribute("aria-selected", "false");
    this.at = to;
    const row = to >= 0 ? rows[to] : undefined;
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private goBackTo(kept: Option | undefined): void {
    const at = kept ? this.options.findIndex(({ label, href, press }) => label === kept.label && href === kept.href && press === kept.press) : -1;
    if (at >= 0 && this.list.matches(":popover-open")) this.move(at);
  }

  private choose(at: number, aside: boolean): void {
    const option = this.options[at];
    if (!option) return;
    if (option.href && aside) {
      window.open(option.href, "_blank", "noopener");
      return;
    }
    this.close();
    if (option.href) {
      location.assign(option.href);
    } else if (option.press) {
      this.input.value = "";
      this.giveBack();
      document.querySelector<HTMLElement>(option.press)?.click();
    }
  }

  private close(): void {
    clearTimeout(this.timer);
    clearTimeout(this.slow);
    this.asking?.abort();
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    this.move(-1);
  }

  private giveBack(): void {
    if (this.before?.isConnected) this.before.focus();
    else this.input.blur();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const open = this.list.matches(":popover-open");
    const count = this.options.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return void this.ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.move(this.at < 0 ? (step > 0 ? 0 : count - 1) : (this.at + step + count) % count);
    } else if ((event.key === "Home" || event.key === "End") && open && event.ctrlKey) {
      event.preventDefault();
      this.move(event.key === "Home" ? 0 : count - 1);
    } else if (event.key === "Enter" && open && this.at >= 0 && this.input.value === this.found) {
      event.preventDefault();
      this.choose(this.at, event.ctrlKey || event.metaKey);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.giveBack();
    }
  }
}

export function start(): void {
  const input = document.querySelector<HTMLInputElement>(".find #search");
  if (input) new Palette(input);
}
