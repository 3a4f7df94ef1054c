import { argumentError } from "../errors.ts";
import { formatMoney, parseMoney } from "../money.ts";
import { type ApiPromise, toApiPromise } from "../transport/api-promise.ts";
import type { UsageInput, UsageRow } from "../types.ts";

/** What to sum by. At most one of `day`, `week` and `month`. */
export type SumDimension = "day" | "week" | "month" | "model" | "vendor" | "key";

/** Which rows to sum, and by what. */
export interface UsageSumInput extends Omit<UsageInput, "page" | "cursor" | "limit" | "sort"> {
  /** One or more dimensions. */
  by: SumDimension | readonly SumDimension[];
}

/** A sum of usage. The columns that it is not grouped by are `null`. */
export interface UsageSum {
  /** UTC date, if it is summed by day. */
  date: string | null;
  /** Monday of the week, if it is summed by week. */
  week: string | null;
  /** Month in `YYYY-MM` format, if it is summed by month. */
  month: string | null;
  /** Model, if it is summed by model. */
  model: string | null;
  /** Part of the model before the slash, or the whole without one, if it is summed by vendor. */
  vendor: string | null;
  /** ID of the key, if it is summed by key. `null` also for usage that belongs to no key; see `kind`. */
  api_key_id: number | null;
  /** Current name of the key, if it is summed by key. */
  api_key_name: string | null;
  /** As in usage rows, if it is summed by key. */
  kind: UsageRow["kind"];
  /** As in usage rows, if it is summed by key. */
  account_id: number | null;
  /** Number of requests, of rows where it is known. `null` if it is known of none. */
  requests_count: number | null;
  /** Prompt tokens, of rows where they are known. `null` if they are known of none. */
  tokens_input: number | null;
  /** Completion tokens, of rows where they are known. `null` if they are known of none. */
  tokens_output: number | null;
  /** Exact amount in USD, as a decimal string with 2 to 9 fractional digits. */
  cost: string;
}

type Columns = Omit<UsageSum, "requests_count" | "tokens_input" | "tokens_output" | "cost">;

function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

/** The columns of each dimension. */
const COLUMNS: Record<SumDimension, (row: UsageRow) => Partial<Columns>> = {
  day: ({ date }) => ({ date }),
  week: ({ date }) => ({ week: mondayOf(date) }),
  month: ({ date }) => ({ month: date.slice(0, 7) }),
  model: ({ model }) => ({ model }),
  vendor: ({ model }) => ({ vendor: model.split("/")[0] as string }),
  key: ({ api_key_id, api_key_name, kind, account_id }) => ({ api_key_id, api_key_name, kind, account_id }),
};

const NONE: Columns = {
  date: null,
  week: null,
  month: null,
  model: null,
  vendor: null,
  api_key_id: null,
  api_key_name: null,
  kind: null,
  account_id: null,
};
const COUNTS = ["requests_count", "tokens_input", "tokens_output"] as const;
type Sum = Columns & Record<(typeof COUNTS)[number], number | null> & { nanos: bigint };

const periodOf = ({ date, week, month }: Columns): string => date ?? week ?? month ?? "";

/** Newest period first, then most expensive first; the identity decides between equals. */
const compare = ([a, one]: [string, Sum], [b, other]: [string, Sum]): number => {
  const [newer, older] = [periodOf(one), periodOf(other)];
  if (newer !== older) return newer > older ? -1 : 1;
  if (one.nanos !== other.nanos) return one.nanos > other.nanos ? -1 : 1;
  return a < b ? -1 : 1;
};

export function sumUsage(
  { by, ...input }: UsageSumInput,
  read: (input: Omit<UsageSumInput, "by">) => ApiPromise<UsageRow[]>,
): ApiPromise<UsageSum[]> {
  const dimensions = [by].flat() as SumDimension[];
  const isKnown = dimensions.length > 0 && dimensions.every((name) => Object.hasOwn(COLUMNS, name ?? ""));
  const periods = new Set(dimensions.filter((name) => /^(day|week|month)$/.test(name)));
  if (!isKnown) throw argumentError("by", `must be one or more of ${Object.keys(COLUMNS).join(", ")}`);
  if (periods.size > 1) throw argumentError("by", "must have at most one of day, week and month");
  return toApiPromise(
    read(input)
      .withResponse()
      .then((response) => ({ ...response, data: sumRows(response.data, dimensions) })),
  );
}

function sumRows(rows: UsageRow[], dimensions: SumDimension[]): UsageSum[] {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const columns: Columns = Object.assign({ ...NONE }, ...dimensions.map((name) => COLUMNS[name](row)));
    const id = JSON.stringify(columns);
    const sum = sums.get(id) ?? {
      ...columns,
      requests_count: null,
      tokens_input: null,
      tokens_output: null,
      nanos: 0n,
    };
    for (const name of COUNTS) if (row[name] !== null) sum[name] = (sum[name] ?? 0) + row[name];
    sum.nanos += parseMoney(row.cost);
    sums.set(id, sum);
  }
  return [...sums].sort(compare).map(([, { nanos, ...sum }]) => ({ ...sum, cost: formatMoney(nanos) }));
}
