/** The Jalali calendar: weeks begin on Saturday, days are written year first. */
import { isValidJalaaliDate, jalaaliMonthLength, toGregorian, toJalaali } from "jalaali-js";
import type { Day, Reckoning } from "./days";

const day = (y: number, m: number, d: number): Day | null => (isValidJalaaliDate(y, m, d) ? { y, m, d } : null);

export const JALALI: Reckoning = {
  firstWeekday: 6,
  tag: "persian",
  figures: 1,
  from(date) {
    const { jy, jm, jd } = toJalaali(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
    return { y: jy, m: jm, d: jd };
  },
  utc({ y, m, d }) {
    const { gy, gm, gd } = toGregorian(y, m, d);
    return new Date(Date.UTC(gy, gm - 1, gd));
  },
  length: jalaaliMonthLength,
  meant: (a, b, c) => (a > 31 ? day(a, b, c) : day(c, b, a)),
  order: ({ y, m, d }) => [y, m, d],
};
