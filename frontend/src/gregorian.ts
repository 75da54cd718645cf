/** The Gregorian calendar as it is written in Europe: weeks begin on Monday, the day stands first. */
import type { Day, Reckoning } from "./calendar";

const length = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function day(y: number, m: number, d: number): Day | null {
  const year = y < 100 ? 2000 + y : y;
  return year >= 1900 && year <= 2120 && m >= 1 && m <= 12 && d >= 1 && d <= length(year, m) ? { y: year, m, d } : null;
}

export const GREGORIAN: Reckoning = {
  firstWeekday: 1,
  tag: "gregory",
  figures: 2,
  from: (date) => ({ y: date.getUTCFullYear(), m: date.getUTCMonth() + 1, d: date.getUTCDate() }),
  utc: ({ y, m, d }) => new Date(Date.UTC(y, m - 1, d)),
  length,
  meant: (a, b, c) => (a > 31 ? day(a, b, c) : day(c, b, a)),
  order: ({ y, m, d }) => [d, m, y],
};
