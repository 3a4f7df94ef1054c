import { type Day, startOf } from "@orwatch/domain/day";
import { formatNanos, NANOS_PER_DOLLAR, parseMoney } from "@orwatch/domain/money";
import { type Language, localeOf } from "./languages.ts";

/** Shown for an unknown value, which differs from 0. */
const UNKNOWN = "–";

const NANOS_PER_CENT = NANOS_PER_DOLLAR / 100n;

export interface FormatOptions {
  language: Language;
  /** Days and instants of another year include the year. Pass a function in a long-running app. */
  now: Date | (() => Date);
  /** IANA name of the zone that instants are shown in. */
  timeZone?: string;
}

/** Nano-dollars, or dollars as the decimal string of the API. */
type Amount = bigint | string;

/** Formats numbers, money, dates and lists in a language, using `Intl`. `null` is unknown. */
export type Format = ReturnType<typeof createFormat>;

export function createFormat({ language, now: clock, timeZone = "UTC" }: FormatOptions) {
  const now = () => (typeof clock === "function" ? clock() : clock);
  const locale = localeOf(language);
  const { number, compact, size, percent, cents, whole, thousands, tiny, exact, date, relative, list } =
    formattersOf(locale);

  const formatDate = (instant: Date, zone: string, parts: Intl.DateTimeFormatOptions): string =>
    date({ ...parts, timeZone: zone }).format(instant);
  const yearIn = (zone: string, instant: Date) => formatDate(instant, zone, { year: "numeric" });
  const dateIn = (zone: string, instant: Date) =>
    formatDate(instant, zone, yearIn(zone, instant) === yearIn(zone, now()) ? SHORT_DATE : FULL_DATE);

  function money(amount: Amount | null): string {
    if (amount === null) return UNKNOWN;
    const nanos = nanosOf(amount);
    const size = nanos < 0n ? -nanos : nanos;
    const style = size > 0n && size < NANOS_PER_CENT ? tiny(0) : cents(0);
    return style.format(asDecimal(formatNanos(nanos)));
  }

  return {
    language,
    locale,

    /** Group separator and decimal mark. */
    marks(): { group: string; decimal: string } {
      const parts = number(1).formatToParts(1234.5);
      const part = (type: Intl.NumberFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
      return { group: part("group"), decimal: part("decimal") };
    },

    /** `1,234.5`: at most so many fraction digits. */
    number: (value: number | bigint | null, digits = 1): string =>
      value === null ? UNKNOWN : number(digits).format(value),
    /** `12.4k` from 10,000 on. */
    count: (value: number | null): string =>
      value === null ? UNKNOWN : value < 10_000 ? number(0).format(value) : compact(0).format(value),
    /** `88.5%` of 88.5. */
    percent: (value: number | null, digits = 1): string =>
      value === null ? UNKNOWN : percent(digits).format(value / 100),

    /** `850 ms`, and from ten seconds on `12.4 sec`. */
    milliseconds: (value: number | null): string => {
      if (value === null) return UNKNOWN;
      return Math.abs(value) < 10_000 ? size("millisecond").format(value) : size("second").format(value / 1000);
    },

    /** `12 kB`, `2.4 MB`. */
    bytes: (bytes: number): string =>
      bytes < 1_000_000 ? size("kilobyte").format(Math.ceil(bytes / 1000)) : size("megabyte").format(bytes / 1e6),

    /** `$1,234.56`; below one cent three significant figures: `$0.00284`. */
    money,
    /** `+$1.50` or `-$1.50`. */
    signedMoney: (amount: Amount | null): string =>
      amount !== null && nanosOf(amount) > 0n ? `+${money(amount)}` : money(amount),
    /** All digits: `$1,234.567890123`. */
    exactMoney: (amount: Amount | null): string =>
      amount === null ? UNKNOWN : exact(0).format(asDecimal(formatNanos(nanosOf(amount)))),
    /** A label of an axis that ends at `top` dollars: `$0`, `$1,200`, `$0.50`, and from ten thousand on `$12k`. */
    tick(dollars: number, top = dollars): string {
      if (Math.abs(top) >= 10_000) return thousands(0).format(dollars);
      return Number.isInteger(dollars) ? whole(0).format(dollars) : money(BigInt(Math.round(dollars * 1e9)));
    },

    /** `12 Nov`; `12 Nov 2025` in another year. */
    day: (day: Day | null): string => (day === null ? UNKNOWN : dateIn("UTC", startOf(day))),
    /** `28 Oct – 3 Nov`. */
    days: (from: Day, through: Day): string => `${dateIn("UTC", startOf(from))} – ${dateIn("UTC", startOf(through))}`,
    /** `Nov 2026` of `2026-11`, or of a day in it. */
    month: (month: string): string =>
      formatDate(startOf(`${month.slice(0, 7)}-01`), "UTC", { month: "short", year: "numeric" }),
    /** `Thursday`. */
    weekday: (day: Day): string => formatDate(startOf(day), "UTC", { weekday: "long" }),
    /** `12 Nov 14:05 UTC`, in the zone of `options`. */
    instant(instant: string | Date | null): string {
      if (instant === null) return UNKNOWN;
      const at = new Date(instant);
      const parts = date({ ...TIME, timeZone }).formatToParts(at);
      const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
      return `${dateIn(timeZone, at)} ${part("hour")}:${part("minute")} ${part("timeZoneName")}`;
    },
    /** `14:05:09`, in the zone of `options`. */
    time: (instant: Date): string => date({ ...SECONDS, timeZone }).format(instant),
    /** `now`, `4 min ago`, `3 hr ago`, `2 days ago`. */
    ago(instant: string | Date | null): string {
      if (instant === null) return UNKNOWN;
      const minutes = Math.max(0, Math.floor((now().getTime() - new Date(instant).getTime()) / 60_000));
      if (minutes < 1) return relative(0).format(0, "second");
      if (minutes < 60) return relative(0).format(-minutes, "minute");
      if (minutes < 24 * 60) return relative(0).format(-Math.floor(minutes / 60), "hour");
      return relative(0).format(-Math.floor(minutes / 1440), "day");
    },
    /** `a, b and c`. */
    list: (items: readonly string[]): string => list("conjunction").format(items),
    /** `a, b or c`. */
    anyOf: (items: readonly string[]): string => list("disjunction").format(items),
  };
}

// By default Italian does not group four digits.
const GROUPED = { useGrouping: "always" } as const;
const DOLLARS = { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", ...GROUPED } as const;
const SHORT_DATE = { day: "numeric", month: "short" } as const;
const FULL_DATE = { ...SHORT_DATE, year: "numeric" } as const;
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" } as const;

const SECONDS = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;

/** @throws RangeError if a string is not an amount */
function nanosOf(amount: Amount): bigint {
  const nanos = typeof amount === "string" ? parseMoney(amount) : amount;
  if (nanos === null) throw new RangeError(`not an amount: ${amount}`);
  return nanos;
}

/** `Intl` formats decimal strings without loss of precision. */
const asDecimal = (text: string) => text as `${number}`;

/** Creates each on first use and caches it. */
function once<K, F>(make: (key: K) => F): (key: K) => F {
  const made = new Map<string, F>();
  return (key) => {
    const name = JSON.stringify(key);
    const known = made.get(name);
    if (known !== undefined) return known;
    const formatter = make(key);
    made.set(name, formatter);
    return formatter;
  };
}

/** Formatters are expensive to create, so each locale caches them. */
const formattersOf = once((locale: string) => {
  const number = once((digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits, ...GROUPED }));
  const compact = once(
    () => new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1, ...GROUPED }),
  );
  const size = once((unit: string) => new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }));
  const percent = once(
    (digits: number) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }),
  );
  const cents = once(() => new Intl.NumberFormat(locale, { ...DOLLARS, minimumFractionDigits: 2 }));
  const whole = once(() => new Intl.NumberFormat(locale, { ...DOLLARS, maximumFractionDigits: 0 }));
  const thousands = once(
    () => new Intl.NumberFormat(locale, { ...DOLLARS, notation: "compact", maximumFractionDigits: 2 }),
  );
  const tiny = once(() => new Intl.NumberFormat(locale, { ...DOLLARS, maximumSignificantDigits: 3 }));
  const exact = once(
    () => new Intl.NumberFormat(locale, { ...DOLLARS, minimumFractionDigits: 2, maximumFractionDigits: 9 }),
  );
  const date = once((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { style: "short", numeric: "auto" }));
  const list = once((type: Intl.ListFormatType) => new Intl.ListFormat(locale, { type }));
  return { number, compact, size, percent, cents, whole, thousands, tiny, exact, date, relative, list };
});
