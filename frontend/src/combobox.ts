/**
 * Choosing a person, unit, post or item by typing (combobox with listbox of the ARIA Authoring Practices).
 * `<div class="combobox" data-combobox="/parties"><input class="input" id="f-holder"><input type="hidden" name="holder"></div>`;
 * the address answers `?q=` with `{"items": [{"id": 7, "name": "…", "hint": "…", "kind": "person|unit|post|outsider"}]}`.
 */
import { place } from "./menu";
import { icon, word } from "./words";

interface Choice {
  id: number | string;
  name: string;
  hint?: string;
  kind?: string;
}

const ICONS: Record<string, string> = { group: "users", direct: "user", announcement: "flag", item: "message-square", person: "user", unit: "building-2", post: "id-card", outsider: "globe", new: "circle", active: "half", waiting: "hourglass", done: "circle-check", cancelled: "circle-slash" };
const PAUSE = 120;

/** As names are compared: without case, accents and the two shapes of Arabic letters. */
function folded(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/ς/g, "σ").replace(/ي/g, "ی").replace(/ك/g, "ک").replace(/[\s\u200c]+/g, " ").trim();
}

class Combobox {
  private readonly list = document.createElement("ul");
  private choices: Choice[] = [];
  /** What was typed when the choices were asked for: they are choices of that and of nothing else. */
  private belongs = "";
  private at = -1;
  /** Whether the arrow keys chose where it stands. */
  private moved = false;
  private marked = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;
  /** What stood there when Enter was pressed before its answer had come. */
  private entered = "";

  constructor(
    private readonly input: HTMLInputElement,
    private readonly value: HTMLInputElement,
    private readonly address: string,
    private readonly said: HTMLElement,
  ) {
    this.list.id = `${input.id}-options`;
    this.list.className = "options";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("popover", "manual");
    const label = input.labels?.[0];
    if (label) this.list.setAttribute("aria-label", label.textContent ?? "");
    for (const [name, set] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"], ["aria-controls", this.list.id], ["autocomplete", "off"]] as const) input.setAttribute(name, set);
    input.parentElement?.append(this.list);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => {
      this.marked = false;
      void this.leave();
    });
    input.addEventListener("click", () => {
      this.mark();
      void this.ask();
    });
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest?.<HTMLElement>("[data-at]");
      if (option) this.choose(Number(option.dataset["at"]));
    });
  }

  /** Whoever goes to a chosen name means another one: what is typed takes its place. Pressed again, one mends it. */
  private mark(): void {
    if (this.value.value && !this.marked && this.input.selectionStart === this.input.selectionEnd) this.input.select();
    this.marked = true;
  }

  private typed(): void {
    this.value.value = this.entered = "";
    delete this.value.dataset["kind"];
    this.moved = false;
    this.move(-1);
    if (!this.choices.length) this.hide(); // that nothing was found is said of other words
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), PAUSE);
  }

  /** A swap put the field in order anew, and another one of these answers for it. */
  private get gone(): boolean {
    return !this.list.isConnected;
  }

  private get fresh(): boolean {
    return this.belongs === this.input.value;
  }

  /** The one choice that what is typed names: called exactly so, or the only one with a word beginning so. */
  private meant(): number {
    const typed = folded(this.input.value);
    if (!typed || !this.fresh) return -1;
    const names = this.choices.map(({ name }) => folded(name));
    const same = names.filter((name) => name === typed).length;
    if (same) return same === 1 ? names.indexOf(typed) : -1;
    return names.length === 1 && ` ${names[0]}`.includes(` ${typed}`) ? 0 : -1;
  }

  /** The field was left with a name typed and not chosen: what it names is chosen once the answer to it is there. */
  private async leave(): Promise<void> {
    const typed = this.input.value;
    if (!typed.trim() || this.value.value || this.calls) return this.close();
    if (!this.fresh) {
      clearTimeout(this.timer);
      this.hide();
      await this.heard();
    }
    if (document.activeElement !== this.input) {
      const at = this.entered === typed && this.fresh ? 0 : this.meant();
      if (this.input.value === typed && !this.value.value && this.choices[at]) this.choose(at);
      else this.close();
    }
    this.release();
  }

  /** Asked for while its form waits, as for the words of a date: it is sent once what was typed is decided. */
  private async heard(): Promise<void> {
    const box = this.input.parentElement;
    if (box && !this.calls) box.dataset["reading"] = "";
    await this.ask();
  }

  private release(): void {
    const box = this.input.parentElement;
    if (!box || !("reading" in box.dataset)) return;
    delete box.dataset["reading"];
    box.dispatchEvent(new Event("field:read"));
  }

  private async ask(): Promise<void> {
    if (this.gone) return;
    this.asking?.abort();
    this.asking = new AbortController();
    const typed = this.input.value;
    const url = new URL(this.address, location.href);
    url.searchParams.set("q", typed);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: this.asking.signal });
      if (!answer.ok) return;
      const { items } = (await answer.json()) as { items: Choice[] };
      if (typed !== this.input.value) return;
      this.belongs = typed;
      // An answer that comes late does not take away what the arrow keys already stand on.
      const on = this.moved ? this.choices[this.at]?.id : undefined;
      this.choices = items;
      if (document.activeElement !== this.input) return;
      this.show(on === undefined ? -1 : items.findIndex(({ id }) => id === on));
      if (!items.length && typed.trim()) this.tell("combobox:none");
    } catch {
      // Overtaken by a newer question, or offline: the field stays a field.
    }
  }

  private show(kept: number): void {
    this.list.replaceChildren(...this.choices.map((choice, at) => this.option(choice, at)));
    if (!this.choices.length) {
      const none = document.createElement("li");
      none.className = "option-none";
      none.textContent = this.nothing;
      this.list.append(none);
    }
    this.said.textContent = this.choices.length ? word("found").replace("{count}", String(this.choices.length)) : this.nothing;
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    // Whoever is called is chosen beside what one writes, never over it.
    place(this.list, this.input, { wide: true, clear: this.calls ? this.input.form : null });
    this.input.setAttribute("aria-expanded", "true");
    this.moved = kept >= 0;
    this.move(kept >= 0 ? kept : this.choices.length && this.input.value ? 0 : -1);
  }

  /** That nobody is called so, or, where a new name is taken too (`data-new`), what becomes of it. */
  private get nothing(): string {
    const fresh = this.input.parentElement?.dataset["new"];
    const typed = this.input.value.trim();
    return fresh && typed ? fresh.replace("{name}", () => typed) : word("none");
  }

  private option(choice: Choice, at: number): HTMLElement {
    const option = document.createElement("li");
    option.className = "option";
    option.id = `${this.list.id}-${at}`;
    option.dataset["at"] = String(at);
    option.setAttribute("role", "option");
    const name = document.createElement("bdi");
    name.className = "option-name";
    name.textContent = choice.name;
    option.append(icon(ICONS[choice.kind ?? ""] ?? "circle-user"), name);
    if (choice.hint) {
      const hint = document.createElement("bdi");
      hint.className = "option-hint";
      hint.textContent = choice.hint;
      option.append(hint);
    }
    return option;
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
    const choice = this.choices[at];
    if (!choice) return;
    this.input.value = choice.name;
    this.marked = false;
    this.value.value = String(choice.id);
    this.value.dataset["kind"] = choice.kind ?? "";
    this.value.dataset["hint"] = choice.hint ?? "";
    this.close();
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.hide();
  }

  private hide(): void {
    this.moved = false;
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    this.move(-1);
  }

  /** Enter while the answer is still on its way: it waits for it, and takes what stands first then, or says that nothing does. */
  private async enter(): Promise<void> {
    const typed = this.input.value;
    this.entered = typed;
    clearTimeout(this.timer);
    await this.ask();
    if (document.activeElement !== this.input || this.value.value || typed !== this.input.value) return;
    this.entered = "";
    if (this.fresh && this.at >= 0) this.choose(this.at);
    else this.tell("combobox:nothing");
  }

  private tell(what: string): void {
    this.input.dispatchEvent(new Event(what, { bubbles: true }));
  }

  /** Whether it only names somebody for a text: it holds no value of its form, and Enter there sends nothing. */
  private get calls(): boolean {
    return this.value.dataset["called"] !== undefined;
  }

  private key(event: KeyboardEvent): void {
    if (this.gone) return;
    const open = this.list.matches(":popover-open");
    const count = this.choices.length;
    // What stands in it goes with the message that is sent from there: whoever is meant, as where it is left, or what is typed.
    const sends = this.calls && event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return void this.ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.moved = count > 0;
      if (count) this.move((this.at + step + count + (this.at < 0 && step < 0 ? 1 : 0)) % count);
    } else if (event.key === "Tab" || sends) {
      if (open && (this.moved || this.meant() >= 0)) this.choose(this.moved ? this.at : this.meant());
    } else if (event.key === "Enter" && (open || this.calls || !this.value.value) && !this.fresh && this.input.value.trim()) {
      // Never sent with a name that is not looked for yet: what is typed on meanwhile would be lost with its form.
      event.preventDefault();
      void this.enter();
    } else if (event.key === "Enter" && open && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}

function dress(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-combobox]:not([data-ready])")) {
    const input = box.querySelector<HTMLInputElement>("input:not([type=hidden])");
    const value = box.querySelector<HTMLInputElement>("input[type=hidden]");
    if (!input || !value) continue;
    box.dataset["ready"] = "";
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    box.append(said);
    new Combobox(input, value, box.dataset["combobox"] ?? "", said);
  }
}

export function start(): void {
  dress(document);
  document.addEventListener("htmx:after:swap", () => dress(document));
}
