import { type Day, startOf } from "@orwatch/domain/day";
import { formatNanos, NANOS_PER_DOLLAR } from "@orwatch/domain/money";
import { type Language, localeOf } from "./languages.ts";

/** Shown where a value is not known, apart from 0. */
export const UNKNOWN = "–";

const NANOS_PER_CENT = NANOS_PER_DOLLAR / 100n;

export interface FormatOptions {
  language: Language;
  /** Days and instants of another year than this one show their year. */
  now: Date;
  /** IANA name of the zone that instants are shown in. */
  timeZone?: string;
}

/** How a language writes numbers, money, dates and lists. Everything comes from `Intl`; `null` is unknown. */
export type Format = ReturnType<typeof createFormat>;

export function createFormat({ language, now, timeZone = "UTC" }: FormatOptions) {
  const locale = localeOf(language);
  const { number, compact, percent, cents, tiny, exact, date, relative, list } = formattersOf(locale);

  const formatDate = (instant: Date, zone: string, parts: Intl.DateTimeFormatOptions): string =>
    date({ ...parts, timeZone: zone }).format(instant);
  const yearIn = (zone: string, instant: Date) => formatDate(instant, zone, { year: "numeric" });
  const dateIn = (zone: string, instant: Date) =>
    formatDate(instant, zone, yearIn(zone, instant) === yearIn(zone, now) ? SHORT_DATE : FULL_DATE);

  return {
    language,
    locale,

    /** `1,234.5`: at most so many fraction digits. */
    number: (value: number | bigint | null, digits = 1): string =>
      value === null ? UNKNOWN : number(digits).format(value),
    /** `12.4k` from 10,000 on. */
    count: (value: number | null): string =>
      value === null ? UNKNOWN : value < 10_000 ? number(0).format(value) : compact(0).format(value),
    /** `88.5%` of 88.5. */
    percent: (value: number | null, digits = 1): string =>
      value === null ? UNKNOWN : percent(digits).format(value / 100),

    /** `$1,234.56`; below one cent three significant figures: `$0.00284`. */
    money(nanos: bigint | null): string {
      if (nanos === null) return UNKNOWN;
      const size = nanos < 0n ? -nanos : nanos;
      const style = size > 0n && size < NANOS_PER_CENT ? tiny(0) : cents(0);
      return style.format(asDecimal(formatNanos(nanos)));
    },
    /** Every digit there is: `$1,234.567890123`. */
    exactMoney: (nanos: bigint | null): string =>
      nanos === null ? UNKNOWN : exact(0).format(asDecimal(formatNanos(nanos))),

    /** `12 Nov`; `12 Nov 2025` in another year. */
    day: (day: Day | null): string => (day === null ? UNKNOWN : dateIn("UTC", startOf(day))),
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
    /** `4 min ago`, `3 hr ago`, `2 days ago`; now is `options.now`. */
    ago(instant: string | Date | null): string {
      if (instant === null) return UNKNOWN;
      const minutes = Math.max(0, Math.floor((now.getTime() - new Date(instant).getTime()) / 60_000));
      if (minutes < 1) return relative(0).format(0, "second");
      if (minutes < 60) return relative(0).format(-minutes, "minute");
      if (minutes < 24 * 60) return relative(0).format(-Math.floor(minutes / 60), "hour");
      return relative(0).format(-Math.floor(minutes / 1440), "day");
    },
    /** `a, b and c`. */
    list: (items: readonly string[]): string => list(0).format(items),
  };
}

// Italian leaves four digits together unless told otherwise.
const GROUPED = { useGrouping: "always" } as const;
const DOLLARS = { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", ...GROUPED } as const;
const SHORT_DATE = { day: "numeric", month: "short" } as const;
const FULL_DATE = { ...SHORT_DATE, year: "numeric" } as const;
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" } as const;

/** `Intl` takes decimal strings without going through a double. */
const asDecimal = (text: string) => text as `${number}`;

/** Makes each when first used, and keeps it. */
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

/** Formatters are expensive to make: a locale shares them between all formats. */
const formattersOf = once((locale: string) => {
  const number = once((digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits, ...GROUPED }));
  const compact = once(
    () => new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1, ...GROUPED }),
  );
  const percent = once(
    (digits: number) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }),
  );
  const cents = once(() => new Intl.NumberFormat(locale, { ...DOLLARS, minimumFractionDigits: 2 }));
  const tiny = once(() => new Intl.NumberFormat(locale, { ...DOLLARS, maximumSignificantDigits: 3 }));
  const exact = once(
    () => new Intl.NumberFormat(locale, { ...DOLLARS, minimumFractionDigits: 2, maximumFractionDigits: 9 }),
  );
  const date = once((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { style: "short", numeric: "auto" }));
  const list = once(() => new Intl.ListFormat(locale, { type: "conjunction" }));
  return { number, compact, percent, cents, tiny, exact, date, relative, list };
});
