/** A day of the Jalali calendar, typed or picked; the form still sends the ISO day in the same field. */
import { isValidJalaaliDate, jalaaliMonthLength, toGregorian, toJalaali } from "jalaali-js";
import { place } from "./menu";
import { icon, word } from "./words";

interface Day {
  jy: number;
  jm: number;
  jd: number;
}

const LANGUAGE = document.documentElement.lang;
const WEEK = 7;
const digits = new Intl.NumberFormat(LANGUAGE, { useGrouping: false });
const monthName = new Intl.DateTimeFormat(`${LANGUAGE}-u-ca-persian`, { month: "long", timeZone: "UTC" });
const weekdays = new Intl.DateTimeFormat(LANGUAGE, { weekday: "narrow", timeZone: "UTC" });
const weekdayName = new Intl.DateTimeFormat(LANGUAGE, { weekday: "long", timeZone: "UTC" });

const utc = (day: Day): Date => {
  const { gy, gm, gd } = toGregorian(day.jy, day.jm, day.jd);
  return new Date(Date.UTC(gy, gm - 1, gd));
};
const iso = (day: Day): string => utc(day).toISOString().slice(0, 10);
const from = (date: Date): Day => toJalaali(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
const plus = (day: Day, days: number): Day => from(new Date(utc(day).getTime() + days * 86_400_000));
const same = (a: Day, b: Day): boolean => iso(a) === iso(b);
const today = (): Day => {
  const now = new Date();
  return toJalaali(now.getFullYear(), now.getMonth() + 1, now.getDate());
};
// Put together by hand: browsers differ in the order of a Persian date, and people do not.
const month = (day: Day): string => `${monthName.format(utc({ ...day, jd: 1 }))} ${digits.format(day.jy)}`;
const whole = (day: Day): string => `${weekdayName.format(utc(day))} ${digits.format(day.jd)} ${month(day)}`;
const shown = (day: Day): string => [day.jy, day.jm, day.jd].map((part) => digits.format(part)).join("/");

/** The day in "۱۴۰۵/۹/۲", "1405-09-02" or "2/9/1405"; null for anything else. */
export function read(text: string): Day | null {
  const latin = text.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
  const parts = latin.trim().split(/[\s/.\-،]+/).map(Number);
  if (parts.length !== 3 || parts.some((part) => !Number.isInteger(part))) return null;
  const [a = 0, b = 0, c = 0] = parts;
  const [jy, jm, jd] = a > 31 ? [a, b, c] : [c, b, a];
  return isValidJalaaliDate(jy, jm, jd) ? { jy, jm, jd } : null;
}

function next(day: Day, by: number): Day {
  const count = day.jy * 12 + day.jm - 1 + by;
  const [jy, jm] = [Math.floor(count / 12), (count % 12) + 1];
  return { jy, jm, jd: Math.min(day.jd, jalaaliMonthLength(jy, jm)) };
}

function button(className: string, name: string, label: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.setAttribute("aria-label", label);
  made.append(icon(name));
  return made;
}

export class JalaliField {
  private readonly text = document.createElement("input");
  private readonly panel = document.createElement("div");
  private at: Day;

  constructor(private readonly box: HTMLElement, private readonly value: HTMLInputElement) {
    const chosen = value.value ? from(new Date(`${value.value}T00:00Z`)) : null;
    this.at = chosen ?? today();
    this.text.className = "input";
    this.text.id = value.id;
    this.text.inputMode = "numeric";
    this.text.placeholder = shown(today());
    this.text.value = this.text.defaultValue = chosen ? shown(chosen) : "";
    this.text.required = value.required;
    for (const name of ["aria-describedby", "aria-invalid"]) {
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
    box.prepend(this.text, open);
    box.append(this.panel);
    this.text.addEventListener("input", () => this.typed());
    open.addEventListener("click", () => this.open());
    this.panel.addEventListener("keydown", (event) => this.key(event));
  }

  private typed(): void {
    const day = read(this.text.value);
    const wrong = this.text.value.trim() !== "" && !day;
    this.text.setCustomValidity(wrong ? word("wrongDate") : "");
    this.value.value = day ? iso(day) : "";
    if (day) this.at = day;
  }

  private open(): void {
    this.draw();
    this.panel.showPopover();
    place(this.panel, this.box);
    this.focus();
  }

  private choose(day: Day): void {
    this.at = day;
    this.text.value = shown(day);
    this.text.setCustomValidity("");
    this.value.value = iso(day);
    this.panel.hidePopover();
    this.text.focus();
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private draw(): void {
    const head = document.createElement("div");
    head.className = "calendar-head";
    const title = document.createElement("span");
    title.setAttribute("aria-live", "polite");
    title.textContent = month(this.at);
    const before = button("button button-quiet button-icon", "chevron-left", word("earlier"));
    const after = button("button button-quiet button-icon", "chevron-right", word("later"));
    for (const [made, by] of [[before, -1], [after, 1]] as const) made.addEventListener("click", () => this.turn(by));
    head.append(before, title, after);
    const table = document.createElement("table");
    table.setAttribute("role", "grid");
    const names = table.createTHead().insertRow();
    // The week begins on Saturday: the 1st of January 2000 was one.
    for (let i = 0; i < WEEK; i++) {
      const name = document.createElement("th");
      name.scope = "col";
      name.textContent = weekdays.format(new Date(Date.UTC(2000, 0, 1 + i)));
      names.append(name);
    }
    const first = { ...this.at, jd: 1 };
    const lead = (utc(first).getUTCDay() + 1) % WEEK;
    const length = jalaaliMonthLength(this.at.jy, this.at.jm);
    const body = table.createTBody();
    for (let cell = 0; cell < lead + length; cell++) {
      const row = cell % WEEK === 0 ? body.insertRow() : (body.rows[body.rows.length - 1] as HTMLTableRowElement);
      const place = row.insertCell();
      if (cell >= lead) place.append(this.day(plus(first, cell - lead)));
    }
    this.panel.replaceChildren(head, table);
  }

  private day(day: Day): HTMLButtonElement {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "calendar-day";
    made.textContent = digits.format(day.jd);
    made.setAttribute("aria-label", whole(day));
    made.tabIndex = same(day, this.at) ? 0 : -1;
    if (same(day, today())) made.setAttribute("aria-current", "date");
    made.setAttribute("aria-pressed", String(this.value.value === iso(day)));
    made.addEventListener("click", () => this.choose(day));
    return made;
  }

  private turn(by: number): void {
    this.at = next(this.at, by);
    this.draw();
    this.panel.querySelectorAll<HTMLElement>(".calendar-head button")[by < 0 ? 0 : 1]?.focus();
  }

  private focus(): void {
    this.panel.querySelector<HTMLElement>('.calendar-day[tabindex="0"]')?.focus();
  }

  private key(event: KeyboardEvent): void {
    if (!(event.target as Element).matches(".calendar-day")) return;
    const rtl = getComputedStyle(this.panel).direction === "rtl" ? -1 : 1;
    const weekday = (utc(this.at).getUTCDay() + 1) % WEEK;
    const to: Record<string, Day> = {
      ArrowLeft: plus(this.at, -rtl),
      ArrowRight: plus(this.at, rtl),
      ArrowUp: plus(this.at, -WEEK),
      ArrowDown: plus(this.at, WEEK),
      Home: plus(this.at, -weekday),
      End: plus(this.at, WEEK - 1 - weekday),
      PageUp: next(this.at, -1),
      PageDown: next(this.at, 1),
    };
    const day = to[event.key];
    if (!day) return;
    event.preventDefault();
    this.at = day;
    this.draw();
    this.focus();
  }
}
