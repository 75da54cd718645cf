/** Days of a calendar as people write and say them; nothing here knows of fields. */
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

export const LANGUAGE = document.documentElement.lang;
export const WEEK = 7;
export const digits = new Intl.NumberFormat(LANGUAGE, { useGrouping: false });
// Without a zone of an organisation, that of the browser.
const wallDay = new Intl.DateTimeFormat("en", { calendar: "gregory", timeZone: document.documentElement.dataset["zone"], year: "numeric", month: "numeric", day: "numeric" });

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
export class Days {
  private readonly monthName: Intl.DateTimeFormat;
  private readonly dated: Intl.DateTimeFormat;

  constructor(readonly by: Reckoning) {
    this.monthName = new Intl.DateTimeFormat(`${LANGUAGE}-u-ca-${by.tag}`, { month: "long", year: "numeric", timeZone: "UTC" });
    this.dated = new Intl.DateTimeFormat(`${LANGUAGE}-u-ca-${by.tag}`, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  iso = (day: Day): string => this.by.utc(day).toISOString().slice(0, 10);
  plus = (day: Day, days: number): Day => this.by.from(new Date(this.by.utc(day).getTime() + days * 86_400_000));
  same = (a: Day, b: Day): boolean => this.iso(a) === this.iso(b);
  /** The day it is in the organisation, wherever this browser is: the day that "tomorrow" of a list is counted from. */
  today = (): Day => {
    const part = Object.fromEntries(wallDay.formatToParts(new Date()).map(({ type, value }) => [type, Number(value)]));
    return this.by.from(new Date(Date.UTC(part["year"] ?? 0, (part["month"] ?? 1) - 1, part["day"])));
  };
  /** Where in the week a day stands, counted from the day with which weeks begin. */
  place = (day: Day): number => (this.by.utc(day).getUTCDay() - this.by.firstWeekday + WEEK) % WEEK;
  // Put together by hand: browsers differ in the order of a Persian date, and people do not.
  // A Greek month beside a day is another word than one that stands alone: the format knows which.
  private said = (format: Intl.DateTimeFormat, day: Day, ...names: string[]): string => {
    const of = Object.fromEntries(format.formatToParts(this.by.utc(day)).map(({ type, value }) => [type, value]));
    return names.map((name) => of[name]).join(" ");
  };
  month = (day: Day): string => this.said(this.monthName, { ...day, d: 1 }, "month", "year");
  whole = (day: Day): string => this.said(this.dated, day, "weekday", "day", "month", "year");
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
