/** A day, typed or picked in the person's own calendar; the form still sends the ISO day in the same field. */
import { place } from "./menu";
import { icon, word } from "./words";

export interface Day {
  y: number;
  m: number;
  d: number;
}

/** How a calendar counts: days to and from instants, lengths of months, and how people write a day in it. */
export interface Reckoning {
  /** The day of the week with which weeks begin; 0 is Sunday. */
  firstWeekday: number;
  tag: string;
  /** How many digits a day or month is written with at least. */
  figures: 1 | 2;
  from(date: Date): Day;
  utc(day: Day): Date;
  length(year: number, month: number): number;
  /** The three numbers somebody typed as a day, or null where there is no such day. */
  meant(a: number, b: number, c: number): Day | null;
  /** In the order in which people write it. */
  order(day: Day): [number, number, number];
}

const LANGUAGE = document.documentElement.lang;
const WEEK = 7;
/** Between the last letter and the question what it means. */
const PAUSE = 150;
const digits = new Intl.NumberFormat(LANGUAGE, { useGrouping: false });
const weekdays = new Intl.DateTimeFormat(LANGUAGE, { weekday: "narrow", timeZone: "UTC" });
const weekdayName = new Intl.DateTimeFormat(LANGUAGE, { weekday: "long", timeZone: "UTC" });

// The Gregorian calendar as it is written in Europe: weeks begin on Monday, the day stands first.
const monthLength = (year: number, m: number): number => new Date(Date.UTC(year, m, 0)).getUTCDate();

function gregorianDay(y: number, m: number, d: number): Day | null {
  const year = y < 100 ? 2000 + y : y;
  return year >= 1900 && year <= 2120 && m >= 1 && m <= 12 && d >= 1 && d <= monthLength(year, m) ? { y: year, m, d } : null;
}

export const GREGORIAN: Reckoning = {
  firstWeekday: 1,
  tag: "gregory",
  figures: 2,
  from: (date) => ({ y: date.getUTCFullYear(), m: date.getUTCMonth() + 1, d: date.getUTCDate() }),
  utc: ({ y, m, d }) => new Date(Date.UTC(y, m - 1, d)),
  length: monthLength,
  meant: (a, b, c) => (a > 31 ? gregorianDay(a, b, c) : gregorianDay(c, b, a)),
  order: ({ y, m, d }) => [d, m, y],
};

const NEAR: Record<string, number> = {
  today: 0, tomorrow: 1, "σήμερα": 0, "σημερα": 0, "αύριο": 1, "αυριο": 1, "μεθαύριο": 2, "μεθαυριο": 2, "امروز": 0, "فردا": 1,
  "پس‌فردا": 2, "پسفردا": 2,
};

/** Days of one calendar, written and read as the people of this page do. */
class Days {
  private readonly monthName: Intl.DateTimeFormat;

  constructor(readonly by: Reckoning) {
    this.monthName = new Intl.DateTimeFormat(`${LANGUAGE}-u-ca-${by.tag}`, { month: "long", timeZone: "UTC" });
  }

  iso = (day: Day): string => this.by.utc(day).toISOString().slice(0, 10);
  plus = (day: Day, days: number): Day => this.by.from(new Date(this.by.utc(day).getTime() + days * 86_400_000));
  same = (a: Day, b: Day): boolean => this.iso(a) === this.iso(b);
  today = (): Day => {
    const now = new Date();
    return this.by.from(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())));
  };
  /** Where in the week a day stands, counted from the day with which weeks begin. */
  place = (day: Day): number => (this.by.utc(day).getUTCDay() - this.by.firstWeekday + WEEK) % WEEK;
  // Put together by hand: browsers differ in the order of a Persian date, and people do not.
  month = (day: Day): string => `${this.monthName.format(this.by.utc({ ...day, d: 1 }))} ${digits.format(day.y)}`;
  whole = (day: Day): string => `${weekdayName.format(this.by.utc(day))} ${digits.format(day.d)} ${this.month(day)}`;
  shown = (day: Day): string => this.by.order(day).map((part) => digits.format(part).padStart(this.by.figures, digits.format(0))).join("/");

  private latin = (text: string): string => text.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) & 0xf)).trim().toLowerCase();
  private parts = (text: string): number[] => this.latin(text).split(/[\s/.\-،]+/).map(Number);
  /** Whether it is written as a day is, even one that there is not. */
  written = (text: string): boolean => this.parts(text).length === 3 && this.parts(text).every((part) => Number.isInteger(part));

  /** The day in "23/11/2026", "۱۴۰۵/۹/۲", "2026-11-23", "tomorrow" or "+3"; null for anything else. */
  read(text: string): Day | null {
    const latin = this.latin(text);
    const ahead = NEAR[latin] ?? (/^\+\d{1,3}$/.test(latin) ? Number(latin) : undefined);
    if (ahead !== undefined) return this.plus(this.today(), ahead);
    if (!this.written(text)) return null;
    const [a = 0, b = 0, c = 0] = this.parts(text);
    return this.by.meant(a, b, c);
  }

  next(day: Day, by: number): Day {
    const count = day.y * 12 + day.m - 1 + by;
    const [y, m] = [Math.floor(count / 12), (count % 12) + 1];
    return { y, m, d: Math.min(day.d, this.by.length(y, m)) };
  }
}

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
  /** Words that the house is asked about. */
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
    this.text.placeholder = word("dayForm");
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
    this.text.addEventListener("keydown", (event) => this.enter(event));
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
    this.asked = null;
    this.take(day);
    if (day || !text || this.days.written(text)) return;
    const asked = new Promise<void>((done) => {
      this.timer = setTimeout(() => void this.ask(text).finally(done), PAUSE);
    }).then(() => {
      if (this.asked === asked) this.asked = null;
    });
    this.asked = asked;
  }

  /** What is not written in figures is read where quick add is read: one understanding of "next Friday" everywhere. */
  private async ask(text: string): Promise<void> {
    const answer = await fetch(`/quick-tasks/day?${this.box.dataset["date"] === "over" ? "over=true&" : ""}text=${encodeURIComponent(text.slice(0, 100))}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || this.text.value.trim() !== text) return;
    const { day } = (await answer.json()) as { day: string | null };
    if (day) this.take(this.days.by.from(new Date(`${day}T00:00Z`)));
  }

  private take(day: Day | null): void {
    const wrong = this.text.value.trim() !== "" && !day;
    this.text.setCustomValidity(wrong ? word(this.days.written(this.text.value) ? "noDay" : "wrongDate") : "");
    this.value.value = day ? this.days.iso(day) : "";
    this.said.textContent = day ? this.days.whole(day) : "";
    if (day) this.at = day;
  }

  /** Enter waits until the words are understood. */
  private enter(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !this.asked) return;
    event.preventDefault();
    void this.asked.then(() => this.text.form?.requestSubmit());
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
