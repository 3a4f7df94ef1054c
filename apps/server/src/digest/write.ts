import type { Day } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";

/** An amount of two weeks, in nano-dollars. */
export interface Pair {
  name: string;
  now: bigint;
  before: bigint;
}

export interface DigestFacts {
  from: Day;
  through: Day;
  total: { now: bigint; before: bigint /** `null` where nobody counted. */; requests: bigint | null };
  /** Dearest first. */
  models: Pair[];
  keys: Pair[];
  /** Models seen for the first time. */
  newModels: string[];
  invalidKeys: string[];
  forecast: {
    month: { low: bigint; middle: bigint; high: bigint; spent: bigint } | null;
    /** What runs out first, in words. */
    runningOut: string[];
  };
}

/** A heading and its lines. */
export interface Section {
  title: string;
  lines: string[];
}

const CENT = 10_000_000n;
const TOP = 5;
const MAX_CHANGES = 5;

const sizeOf = (nanos: bigint) => (nanos < 0n ? -nanos : nanos);

/** Dollars for people: two decimals, thousands apart, and less than half a cent said so. */
export function toDollars(nanos: bigint): string {
  const size = sizeOf(nanos);
  if (size > 0n && size < CENT / 2n) return "under $0.01";
  const cents = formatNanos(((size + CENT / 2n) / CENT) * CENT);
  return `${nanos < 0n ? "-" : ""}$${cents.replace(/\B(?=(\d{3})+\.)/g, ",")}`;
}

function compare(now: bigint, before: bigint): string {
  if (before === 0n) return now === 0n ? "as in the week before" : "after nothing in the week before";
  const percent = Number(((now - before) * 1000n) / before) / 10;
  if (percent === 0) return "about as much as in the week before";
  return `${Math.abs(percent)} % ${percent > 0 ? "more" : "less"} than the ${toDollars(before)} of the week before`;
}

const toLine = ({ name, now, before }: Pair) => `${name}: ${toDollars(now)} (${toDollars(before)} the week before)`;

function wordsOf({ name, now, before }: Pair): string {
  if (now === 0n) return `${name} spent nothing, after ${toDollars(before)} in the week before`;
  if (before === 0n) return `${name} spent ${toDollars(now)}, after nothing in the week before`;
  return `${name} spent ${toDollars(sizeOf(now - before))} ${now > before ? "more" : "less"}`;
}

/** What moved most, at least by a cent, then what is new and what broke. */
function changesOf(facts: DigestFacts): string[] {
  const moved = facts.keys
    .filter(({ now, before }) => sizeOf(now - before) >= CENT)
    .sort((a, b) => (sizeOf(a.now - a.before) < sizeOf(b.now - b.before) ? 1 : -1))
    .slice(0, MAX_CHANGES);
  return [
    ...moved.map(wordsOf),
    ...facts.newModels.slice(0, MAX_CHANGES).map((model) => `First use of ${model}`),
    ...facts.invalidKeys.slice(0, MAX_CHANGES).map((name) => `OpenRouter does not accept the key ${name} any more`),
  ];
}

/** The digest in parts, before it becomes text or HTML. */
export function writeDigest(facts: DigestFacts): { title: string; sections: Section[] } {
  const { now, before, requests } = facts.total;
  const { month, runningOut } = facts.forecast;
  const changes = changesOf(facts);
  const spenders = (pairs: Pair[]) => pairs.filter((pair) => pair.now > 0n).slice(0, TOP);
  const sections = [
    {
      title: `${facts.from} to ${facts.through} (UTC)`,
      lines: [
        `${toDollars(now)} spent, ${compare(now, before)}`,
        ...(requests === null ? [] : [`${requests.toLocaleString("en")} requests`]),
      ],
    },
    { title: "Top models", lines: spenders(facts.models).map(toLine) },
    { title: "Top keys", lines: spenders(facts.keys).map(toLine) },
    { title: "What changed", lines: changes.length > 0 ? changes : ["Nothing that moved by a cent"] },
    {
      title: "Forecast",
      lines: [
        month === null
          ? "Too little is known to say how this month ends"
          : `This month ends at about ${toDollars(month.middle)}, in 8 of 10 cases between ${toDollars(month.low)} and ${toDollars(month.high)}; so far ${toDollars(month.spent)}`,
        ...runningOut,
      ],
    },
  ];
  return { title: `Your week: ${toDollars(now)}`, sections: sections.filter(({ lines }) => lines.length > 0) };
}
