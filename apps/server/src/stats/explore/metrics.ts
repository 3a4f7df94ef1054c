import { divideHalfUp, formatNanos } from "@orwatch/domain/money";
import { toCount } from "../../rpc/wire.ts";
import type { MetricName } from "./schema.ts";

/** Sums of the usage of a group in some days or hours. Counts and details are sums of the known ones. */
export interface Sums {
  cost: bigint;
  requests: bigint;
  tokensInput: bigint;
  tokensOutput: bigint;
  /** Cost of the usage whose requests and tokens are known. */
  countedCost: bigint;
  /** Number of rows whose requests and tokens are known, of `rows`. */
  countedRows: bigint;
  rows: bigint;
  reasoning: bigint;
  reasoningRows: bigint;
  cached: bigint;
  cachedRows: bigint;
  /** Input tokens of the rows whose cached tokens are known. */
  cachedOf: bigint;
  /** Latencies in milliseconds, multiplied by the requests they are measured of, and the sum of these requests. */
  latencyP50: number;
  latencyP95: number;
  measured: bigint;
}

export const NO_USAGE: Readonly<Sums> = {
  cost: 0n,
  requests: 0n,
  tokensInput: 0n,
  tokensOutput: 0n,
  countedCost: 0n,
  countedRows: 0n,
  rows: 0n,
  reasoning: 0n,
  reasoningRows: 0n,
  cached: 0n,
  cachedRows: 0n,
  cachedOf: 0n,
  latencyP50: 0,
  latencyP95: 0,
  measured: 0n,
};

export type SumName = keyof Sums;

/** Sums of 0. Only those in `names` are there, because most metrics need few of them and answers have many. */
export function createSums(names: readonly SumName[]): Sums {
  const sums: Partial<Sums> = {};
  for (const name of names) (sums[name] as number | bigint) = NO_USAGE[name];
  return sums as Sums;
}

export function addTo(sum: Partial<Sums>, more: Partial<Sums>, names: readonly SumName[]): void {
  for (const name of names) {
    const amount = more[name];
    // Latencies are numbers, all others bigints.
    if (amount) (sum[name] as number) += amount as number;
  }
}

export function subtractFrom(sum: Partial<Sums>, part: Partial<Sums>, names: readonly SumName[]): void {
  for (const name of names) {
    const amount = part[name];
    if (amount) (sum[name] as number) -= amount as number;
  }
}

/**
 * What of some usage is not in its parts; `null` if nothing. Counts are never negative, not even if OpenRouter has corrected usage after
 * the parts were collected.
 */
export function subtract(whole: Sums, parts: Sums | undefined, names: readonly SumName[]): Sums | null {
  const rest: Sums = { ...NO_USAGE, rows: 1n, countedRows: whole.countedRows > 0n ? 1n : 0n };
  const remaining = REMAINING.filter((name) => names.includes(name));
  for (const name of remaining) {
    const left = whole[name] - (parts?.[name] ?? 0n);
    rest[name] = left < 0n && name !== "cost" && name !== "countedCost" ? 0n : left;
  }
  return remaining.every((name) => rest[name] === 0n) ? null : rest;
}

const REMAINING = ["cost", "requests", "tokensInput", "tokensOutput", "countedCost"] as const;

/** What is known of the days of some usage: whether their cost is, and whether their requests and tokens are. */
export interface Known {
  cost: boolean;
  counts: boolean;
}

/** An amount of money as a string, a count or ratio as a number. `null`: unknown. */
export type Value = string | number | null;

interface Metric {
  /** Whether the values of groups sum to the value of all. */
  isSum: boolean;
  /** Where the metric is stored. */
  from: "roll-up" | "rows" | "breakdowns";
  /** The sums it is calculated from. */
  needs: readonly SumName[];
  /** What groups are sorted by. */
  rankOf(sums: Sums): bigint;
  valueIn(sums: Sums, known: Known): Value;
}

const costOf = ({ cost }: Sums) => cost;
/** For the order of groups, and for what is known. */
const ALWAYS = ["cost", "countedRows", "rows"] as const;

const MILLION = 1_000_000n;
const TOKENS: SumName[] = ["tokensInput", "tokensOutput"];
const tokensOf = ({ tokensInput, tokensOutput }: Sums) => tokensInput + tokensOutput;

/** Usage without rows was 0, if its days are known. */
const isCounted = (sums: Sums, known: Known) => (sums.rows === 0n ? known.counts : sums.countedRows > 0n);

const counted = (needs: SumName[], count: (sums: Sums) => bigint): Metric => ({
  isSum: true,
  from: "roll-up",
  needs: [...ALWAYS, ...needs],
  rankOf: count,
  valueIn: (sums, known) => (isCounted(sums, known) ? toCount(count(sums)) : null),
});

const detail = (count: "reasoning" | "cached"): Metric => ({
  isSum: true,
  from: "rows",
  needs: [...ALWAYS, count, `${count}Rows`],
  rankOf: (sums) => sums[count],
  valueIn: (sums, known) =>
    (sums.rows === 0n ? known.counts : sums[`${count}Rows`] > 0n) ? toCount(sums[count]) : null,
});

const ratio = (from: Metric["from"], needs: SumName[], valueIn: (sums: Sums) => Value): Metric => ({
  isSum: false,
  from,
  needs: [...ALWAYS, ...needs],
  rankOf: costOf,
  valueIn,
});

const perMoney = (cost: bigint, by: bigint, times = 1n): Value =>
  by === 0n ? null : formatNanos(divideHalfUp(cost * times, by));

/** A ratio rounded to two decimals. */
const perCount = (count: bigint, by: bigint, times = 1n): Value =>
  by === 0n ? null : Number(divideHalfUp(count * times * 100n, by)) / 100;

const latency = (sum: "latencyP50" | "latencyP95"): Metric =>
  ratio("breakdowns", [sum, "measured"], (sums) =>
    sums.measured === 0n ? null : Math.round(sums[sum] / Number(sums.measured)),
  );

export const METRICS = {
  cost: {
    isSum: true,
    from: "roll-up",
    needs: ALWAYS,
    rankOf: costOf,
    valueIn: ({ cost, rows }, known) => (known.cost || rows > 0n ? formatNanos(cost) : null),
  },
  requests: counted(["requests"], ({ requests }) => requests),
  tokens: counted(TOKENS, tokensOf),
  tokens_input: counted(["tokensInput"], ({ tokensInput }) => tokensInput),
  tokens_output: counted(["tokensOutput"], ({ tokensOutput }) => tokensOutput),
  reasoning_tokens: detail("reasoning"),
  cached_tokens: detail("cached"),
  cache_hit_rate: ratio("rows", ["cached", "cachedOf"], ({ cached, cachedOf }) => perCount(cached, cachedOf, 100n)),
  cost_per_million_tokens: ratio("roll-up", ["countedCost", ...TOKENS], (sums) =>
    perMoney(sums.countedCost, tokensOf(sums), MILLION),
  ),
  cost_per_request: ratio("roll-up", ["countedCost", "requests"], ({ countedCost, requests }) =>
    perMoney(countedCost, requests),
  ),
  tokens_per_request: ratio("roll-up", ["requests", ...TOKENS], (sums) => perCount(tokensOf(sums), sums.requests)),
  latency_p50_ms: latency("latencyP50"),
  latency_p95_ms: latency("latencyP95"),
} satisfies Record<MetricName, Metric> as Record<MetricName, Metric>;

/** The sums that a metric and further ones are calculated from. */
export const needsOf = ({ metric, columns }: { metric: MetricName; columns: readonly MetricName[] }): SumName[] => [
  ...new Set([metric, ...columns].flatMap((name) => METRICS[name].needs)),
];
