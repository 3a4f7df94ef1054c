import { type Day, startOf } from "@orwatch/domain/day";
import { roundToStep } from "@orwatch/domain/money";
import { parseMoney, toMoney } from "./money.ts";
import { text } from "./text.ts";

/** Shown where a value is not known, apart from 0. */
export const UNKNOWN = "–";

const NANOS_PER_CENT = 10_000_000n;

const { formats } = text;

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, formats.group);

/** `1234.5` in the way of the language: `1,234.5`. */
export function formatNumber(plain: string): string {
  const [whole = "0", fraction] = plain.split(".");
  return fraction === undefined ? group(whole) : `${group(whole)}${formats.decimal}${fraction}`;
}

const writeMoney = (plain: string): string => {
  const sign = plain.startsWith("-") ? "-" : "";
  return formats.money(sign, formatNumber(plain.slice(sign.length)));
};

/** To the cent; below one cent to three significant figures. */
function roundMoney(value: string): string {
  const nanos = parseMoney(value);
  const size = nanos < 0n ? -nanos : nanos;
  const isTiny = size > 0n && size < NANOS_PER_CENT;
  const step = isTiny ? 10n ** BigInt(Math.max(0, size.toString().length - 3)) : NANOS_PER_CENT;
  return toMoney(roundToStep(nanos, step));
}

/** `$1,234.56`; below one cent three significant figures: `$0.00284`. */
export const formatMoney = (value: string | null): string => (value === null ? UNKNOWN : writeMoney(roundMoney(value)));

/** For an axis, without cents where there are none: `$0`, `$1,200`, `$0.50`; `$0.5 M` where it ends at a million or more. */
export function formatTick(dollars: number, top = dollars): string {
  const [size, unit] = top >= 1e9 ? [1e9, formats.billion] : [1e6, formats.million];
  if (dollars !== 0 && top >= size)
    return formats.money(
      dollars < 0 ? "-" : "",
      `${formatNumber(String(Number((Math.abs(dollars) / size).toPrecision(9))))} ${unit}`,
    );
  return writeMoney(roundMoney(toMoney(BigInt(Math.round(dollars * 1e9)))).replace(/\.00$/, ""));
}

/** Every digit there is: `$1,234.567890123`. */
export const formatMoneyExact = (value: string | null): string =>
  value === null ? text.values.unknown : writeMoney(value);

/** `940`, `9,400`, `12.4 k`, `3.1 M`, `1.2 B`. */
export function formatCount(count: number | null): string {
  if (count === null) return UNKNOWN;
  if (count < 10_000) return group(String(count));
  for (const [unit, size] of [
    [formats.thousand, 1e3],
    [formats.million, 1e6],
  ] as const) {
    const tenths = Math.round((count / size) * 10);
    if (tenths < 10_000) return `${formatNumber((tenths / 10).toFixed(1))} ${unit}`;
  }
  return `${formatNumber((count / 1e9).toFixed(1))} ${formats.billion}`;
}

export const formatCountExact = (count: number | null): string =>
  count === null ? text.values.unknown : group(String(count));

export const formatPercent = (percent: number | null): string =>
  percent === null ? UNKNOWN : formats.percent(formatNumber(percent.toFixed(1)));

/** `12 Nov`; `12 Nov 2025` when the year is not the one of `now`. */
export function formatDay(day: Day, now: Date): string {
  const date = startOf(day);
  const short = formats.day(date.getUTCDate(), text.months[date.getUTCMonth()] ?? "");
  const year = date.getUTCFullYear();
  return year === now.getUTCFullYear() ? short : formats.year(short, String(year));
}

/** `Nov 2026` of `2026-11`. */
export const formatMonth = (month: string): string =>
  formats.year(text.months[Number(month.slice(5)) - 1] ?? "", month.slice(0, 4));

/** `12 Nov 14:05 UTC`; in another zone its name at that time: `12 Nov 15:05 GMT+1`. */
export function formatInstant(instant: string, now: Date, zone = "UTC"): string {
  if (zone === "UTC") return `${formatDay(instant.slice(0, 10), now)} ${instant.slice(11, 16)} UTC`;
  const parts = new Intl.DateTimeFormat(formats.locale, {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const day = `${part("year")}-${part("month")}-${part("day")}`;
  return `${formatDay(day, now)} ${part("hour")}:${part("minute")} ${part("timeZoneName")}`;
}

/** `just now`, `4 min ago`, `3 h ago`, `2 days ago`. */
export function formatAgo(instant: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(instant)) / 60_000);
  if (minutes < 1) return text.values.justNow;
  if (minutes < 60) return text.values.minutesAgo(minutes);
  if (minutes < 24 * 60) return text.values.hoursAgo(Math.floor(minutes / 60));
  return text.values.daysAgo(Math.floor(minutes / 1440));
}
