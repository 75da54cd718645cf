/** A day, typed or picked in the person's own calendar; the form still sends the ISO day in the same field. */
import { type Day, Days, LANGUAGE, type Reckoning, WEEK, digits } from "./days";
import { place } from "./menu";
import { icon, word } from "./words";

/** Between the last letter and the question what it means. */
const PAUSE = 150;
const weekdays = new Intl.DateTimeFormat(LANGUAGE, { weekday: "narrow", timeZone: "UTC" });

function button(className: string, name: string, label: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.setAttribute("aria-label", label);
  made.append(icon(name));
  return made;
}

export class DateField {
  private readonly days: Days;
  private readonly text = document.createElement("input");
  private readonly panel = document.createElement("div");
  /** Which day was understood, said beside the field. */
  private readonly said = document.createElement("span");
  private at: Day;
  /** What the house is being asked about; while it stands, the box says so and a form waits to be sent. */
  private asked: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly box: HTMLElement, private readonly value: HTMLInputElement, by: Reckoning) {
    this.days = new Days(by);
    const chosen = value.value ? by.from(new Date(`${value.value}T00:00Z`)) : null;
    this.at = chosen ?? this.days.today();
    const focused = document.activeElement === value;
    this.text.className = value.className;
    this.text.id = value.id;
    this.text.autocomplete = "off";
    this.text.placeholder = word(box.dataset["date"] === "over" ? "dayOverForm" : "dayForm");
    this.text.value = this.text.defaultValue = chosen ? this.days.shown(chosen) : "";
    this.text.required = value.required;
    for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) {
      const carried = value.getAttribute(name);
      if (carried) this.text.setAttribute(name, carried);
    }
    value.removeAttribute("id");
    value.required = false;
    value.type = "hidden";
    const open = button("date-open", "calendar-days", word("calendar"));
    this.panel.className = "calendar";
    this.panel.popover = "auto";
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-label", word("calendar"));
    this.said.className = "date-said";
    this.said.setAttribute("role", "status");
    box.prepend(this.text, open);
    box.append(this.said, this.panel);
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("change", () => this.left());
    value.addEventListener("date:set", () => this.given());
    open.addEventListener("click", () => this.open());
    this.panel.addEventListener("keydown", (event) => this.key(event));
    // The field was reached while its calendar was still on the way.
    if (focused) {
      this.text.focus();
      this.text.select();
    }
  }

  private typed(): void {
    const text = this.text.value.trim();
    const day = this.days.read(text);
    clearTimeout(this.timer);
    this.take(day);
    if (day || !text || this.days.written(text)) return this.read();
    const asked = new Promise<void>((done) => {
      this.timer = setTimeout(() => void this.ask(text).finally(done), PAUSE);
    }).then(() => {
      if (this.asked === asked) this.read();
    });
    this.asked = asked;
    this.box.dataset["reading"] = "";
  }

  /** Nothing is asked about any more; whoever waited to send the form goes on. */
  private read(): void {
    this.asked = null;
    if (!("reading" in this.box.dataset)) return;
    delete this.box.dataset["reading"];
    this.box.dispatchEvent(new Event("field:read"));
  }

  /** What is not written in figures is read where quick add is read: one understanding of "next Friday" everywhere. */
  private async ask(text: string): Promise<void> {
    const kind = this.box.dataset["date"];
    const day = await this.meant(text, kind === "over");
    if (day) return this.take(this.days.by.from(new Date(`${day}T00:00Z`)));
    const past = kind === "ahead" || kind === "either" ? await this.meant(text, true) : null;
    if (past && kind === "ahead") this.text.setCustomValidity(word("pastDay"));
    else if (past) this.take(this.days.by.from(new Date(`${past}T00:00Z`)));
  }

  /** The ISO day that words mean, or null: also where something else stands in the field by now. */
  private async meant(text: string, over: boolean): Promise<string | null> {
    const answer = await fetch(`/quick-tasks/day?${over ? "over=true&" : ""}text=${encodeURIComponent(text.slice(0, 100))}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || this.text.value.trim() !== text) return null;
    return ((await answer.json()) as { day: string | null }).day;
  }

  private take(day: Day | null): void {
    const wrong = this.text.value.trim() !== "" && !day;
    this.text.setCustomValidity(wrong ? word(this.days.written(this.text.value) ? "noDay" : this.box.dataset["date"] === "over" ? "wrongDayOver" : "wrongDate") : "");
    this.value.value = day ? this.days.iso(day) : "";
    this.said.textContent = day ? this.days.whole(day) : "";
    if (day) this.at = day;
  }

  /** Once somebody goes on, the field says the day as days are written here. */
  private left(): void {
    void (this.asked ?? Promise.resolve()).then(() => {
      if (this.value.value) this.text.value = this.days.shown(this.at);
    });
  }

  /** Another module put a day into the field. */
  private given(): void {
    if (this.value.value) this.at = this.days.by.from(new Date(`${this.value.value}T00:00Z`));
    this.text.value = this.value.value ? this.days.shown(this.at) : "";
    this.text.setCustomValidity("");
    this.said.textContent = "";
  }

  private open(): void {
    this.draw();
    this.panel.showPopover();
    place(this.panel, this.box);
    this.focus();
  }

  private choose(day: Day): void {
    this.at = day;
    this.text.value = this.days.shown(day);
    this.take(day);
    this.panel.hidePopover();
    this.text.focus();
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private draw(): void {
    const head = document.createElement("div");
    head.className = "calendar-head";
    const title = document.createElement("span");
    title.setAttribute("aria-live", "polite");
    title.textContent = this.days.month(this.at);
    const before = button("button button-quiet button-icon", "chevron-left", word("earlier"));
    const after = button("button button-quiet button-icon", "chevron-right", word("later"));
    for (const [made, by] of [[before, -1], [after, 1]] as const) made.addEventListener("click", () => this.turn(by));
    head.append(before, title, after);
    const table = document.createElement("table");
    table.setAttribute("role", "grid");
    const names = table.createTHead().insertRow();
    // The 2nd of January 2000 was a Sunday.
    for (let i = 0; i < WEEK; i++) {
      const name = document.createElement("th");
      name.scope = "col";
      name.textContent = weekdays.format(new Date(Date.UTC(2000, 0, 2 + this.days.by.firstWeekday + i)));
      names.append(name);
    }
    const first = { ...this.at, d: 1 };
    const lead = this.days.place(first);
    const length = this.days.by.length(this.at.y, this.at.m);
    const body = table.createTBody();
    for (let cell = 0; cell < lead + length; cell++) {
      const row = cell % WEEK === 0 ? body.insertRow() : (body.rows[body.rows.length - 1] as HTMLTableRowElement);
      const place = row.insertCell();
      if (cell >= lead) place.append(this.day(this.days.plus(first, cell - lead)));
    }
    this.panel.replaceChildren(head, table);
  }

  private day(day: Day): HTMLButtonElement {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "calendar-day";
    made.textContent = digits.format(day.d);
    made.setAttribute("aria-label", this.days.whole(day));
    made.tabIndex = this.days.same(day, this.at) ? 0 : -1;
    if (this.days.same(day, this.days.today())) made.setAttribute("aria-current", "date");
    made.setAttribute("aria-pressed", String(this.value.value === this.days.iso(day)));
    made.addEventListener("click", () => this.choose(day));
    return made;
  }

  private turn(by: number): void {
    this.at = this.days.next(this.at, by);
    this.draw();
    this.panel.querySelectorAll<HTMLElement>(".calendar-head button")[by < 0 ? 0 : 1]?.focus();
  }

  private focus(): void {
    this.panel.querySelector<HTMLElement>('.calendar-day[tabindex="0"]')?.focus();
  }

  private key(event: KeyboardEvent): void {
    if (!(event.target as Element).matches(".calendar-day")) return;
    const rtl = getComputedStyle(this.panel).direction === "rtl" ? -1 : 1;
    const weekday = this.days.place(this.at);
    const to: Record<string, Day> = {
      ArrowLeft: this.days.plus(this.at, -rtl),
      ArrowRight: this.days.plus(this.at, rtl),
      ArrowUp: this.days.plus(this.at, -WEEK),
      ArrowDown: this.days.plus(this.at, WEEK),
      Home: this.days.plus(this.at, -weekday),
      End: this.days.plus(this.at, WEEK - 1 - weekday),
      PageUp: this.days.next(this.at, -1),
      PageDown: this.days.next(this.at, 1),
    };
    const day = to[event.key];
    if (!day) return;
    event.preventDefault();
    this.at = day;
    this.draw();
    this.focus();
  }
}
