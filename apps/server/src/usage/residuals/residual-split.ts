import { addDays, type Day } from "@orwatch/domain/day";
import { minNanos } from "@orwatch/domain/money";
import type { NamedUsageRow, UsageRow } from "../../openrouter/schema.ts";
import {
  addDetails,
  NO_DETAILS,
  negateDetails,
  withoutNegativeCounts,
  ZERO_DETAILS,
} from "../../openrouter/usage-details.ts";
import { toModelName } from "../ledger/ledger.ts";

/** Usage of an account that belongs to no key in orwatch, by cause. */
export const RESIDUAL_KINDS = [
  "not_watched",
  "deleted",
  "chatroom",
  "other_workspace",
  "restatement",
  "unknown",
] as const;
export type ResidualKind = (typeof RESIDUAL_KINDS)[number];

/** Usage by day and model of all keys with the same name at OpenRouter: analytics returns names but no hashes. */
export type NamedRow = NamedUsageRow;

/** The keys of an account by name at OpenRouter. */
export interface KeyNames {
  /** With the days on which the last 31 days and the whole history of the keys of a name were last read. `null`: not yet. */
  watched: ReadonlyMap<string, { month: Day | null; year: Day | null }>;
  /** Keys at OpenRouter that are not watched. */
  others: ReadonlySet<string>;
  gone: ReadonlySet<string>;
  /** Whether these are all keys of the account. */
  isComplete: boolean;
}

/** Amounts of usage that belongs to no key. */
export type Amounts = Pick<UsageRow, "cost" | "byokCost" | "requests" | "tokensInput" | "tokensOutput" | "details">;

/** Residual usage of a day by kind and model. */
export type DayResidual = Map<ResidualKind, Map<string, Amounts>>;

/** What analytics calls usage without a key. */
export const CHATROOM = "Chatroom";
const NO_NAME = /^(unknown|unattributed)?$/i;

/** Whether OpenRouter gave no name of a key. */
export const isUnnamed = (label: string | null): label is null => label === null || NO_NAME.test(label);

/**
 * The usage of an account beyond the rows of its keys, by day (pure). A finished day with less usage than its
 * keys is left out: one of the two is wrong, and a later sync corrects it.
 */
export function splitResiduals(input: {
  days: readonly Day[];
  today: Day;
  totals: readonly UsageRow[];
  named: readonly NamedRow[];
  /** Stored rows of the account's keys, without `(unattributed)`. */
  stored: readonly NamedRow[];
  /** Usage by name that belongs to `(unattributed)` of watched keys. */
  counted?: readonly NamedRow[];
  /** Rows of workspaces whose keys could not be listed, minus the stored rows of their keys. */
  elsewhere?: readonly UsageRow[];
  /** Result of the last comparison. Absent for days that have not been compared since they ended. */
  before?: ReadonlyMap<Day, DayResidual>;
  /** Usage of today under the names of watched keys that these keys did not have at the last comparison. */
  leftToday?: ReadonlyMap<string, Amounts>;
  names: KeyNames;
}): Map<Day, DayResidual> {
  const totals = groupByModel(input.totals);
  const named = groupByModel(input.named);
  const stored = groupByModel(input.stored);
  const counted = groupByModel(input.counted ?? []);
  const elsewhere = groupByModel(input.elsewhere ?? []);
  const result = new Map<Day, DayResidual>();
  for (const day of input.days) {
    const of = (rows: Map<Day, Map<string, NamedRow[]>>) => rows.get(day) ?? new Map<string, NamedRow[]>();
    const split = splitDay({
      total: of(totals),
      named: of(named),
      stored: of(stored),
      counted: of(counted),
      elsewhere: of(elsewhere),
      before: input.before?.get(day) ?? null,
      basis: { names: input.names, day, today: input.today, leftToday: new Map(input.leftToday) },
    });
    if (split !== null) result.set(day, split);
  }
  return result;
}

/** What decides the kind of an amount. */
interface Basis {
  names: KeyNames;
  day: Day;
  today: Day;
  /** What is left for the models that follow. */
  leftToday: Map<string, Amounts>;
}

type ByModel = Map<string, NamedRow[]>;

function splitDay(input: {
  total: ByModel;
  named: ByModel;
  stored: ByModel;
  counted: ByModel;
  elsewhere: ByModel;
  before: DayResidual | null;
  basis: Basis;
}): DayResidual | null {
  const { before, basis } = input;
  const residual: DayResidual = new Map();
  const models = new Set([...input.total.keys(), ...input.stored.keys()]);
  let [surplus, rows] = [0n, 0];
  for (const model of models) {
    const of = (byModel: ByModel) => byModel.get(model) ?? [];
    const stored = of(input.stored);
    const known = [...stored, ...of(input.counted)];
    const rest = subtract(sum(of(input.total)), sum(known));
    rows += stored.length + 1;
    if (rest.cost < 0n) surplus -= rest.cost;
    const parts = splitModel({
      rest,
      named: of(input.named),
      stored: known,
      elsewhere: sum(of(input.elsewhere)),
      isGrown: (amount) => before !== null && amount <= grownBy(rest.cost, before, model),
      basis,
    });
    for (const [kind, amounts] of parts) {
      const byModel = residual.get(kind) ?? new Map<string, Amounts>();
      residual.set(kind, byModel.set(model, amounts));
    }
  }
  return basis.day < basis.today && 2n * surplus > BigInt(rows) ? null : residual;
}

/** Growth of the total of a model since the last comparison, including earlier growth that its key does not have yet. */
function grownBy(rest: bigint, before: DayResidual, model: string): bigint {
  let known = 0n;
  for (const [kind, byModel] of before) if (kind !== "restatement") known += byModel.get(model)?.cost ?? 0n;
  return rest - known;
}

function splitModel(input: {
  rest: Amounts;
  named: NamedRow[];
  stored: NamedRow[];
  elsewhere: Amounts;
  /** Whether an amount is at most the growth since the last comparison. */
  isGrown: (cost: bigint) => boolean;
  basis: Basis;
}): Map<ResidualKind, Amounts> {
  const { names, day, today, leftToday } = input.basis;
  const parts = new Map<ResidualKind, Amounts>();
  const put = (kind: ResidualKind, amounts: Amounts) => {
    const part = { ...amounts, details: withoutNegativeCounts(amounts.details) };
    parts.set(kind, add(parts.get(kind) ?? NOTHING, part));
  };
  let rest = atLeastNothing(input.rest);
  for (const label of new Set(input.named.map((row) => row.label))) {
    const of = (rows: NamedRow[]) => rows.filter((row) => row.label === label);
    const left = atLeastNothing(subtract(sum(of(input.named)), sum(of(input.stored))));
    const kind = kindOf(label, names);
    if (kind === "unknown") continue;
    const part = least(left, rest);
    if (isNothing(part)) continue;
    rest = subtract(rest, part);
    if (kind !== null) put(kind, part);
    else if (day < today) {
      const read = label === CHATROOM ? undefined : names.watched.get(label ?? "");
      const isLate = !isRead(read, day, today) && input.isGrown(part.cost);
      put(isLate ? "restatement" : "unknown", part);
    } else {
      // Recent spend of a watched key is included in its own next response. What was left before is of another key.
      const before = leftToday.get(label ?? "") ?? NOTHING;
      const old = least(part, before);
      leftToday.set(label ?? "", subtract(before, old));
      put("unknown", old);
    }
  }
  const elsewhere = least(atLeastNothing(input.elsewhere), rest);
  if (!isNothing(elsewhere)) {
    put("other_workspace", elsewhere);
    rest = subtract(rest, elsewhere);
  }
  put("unknown", rest);
  return new Map([...parts].filter(([, amounts]) => !isNothing(amounts)));
}

/** Whether the keys were read today as far back as `day`, so that nothing is missing, or never, so that nothing is known. */
function isRead(read: { month: Day | null; year: Day | null } | undefined, day: Day, today: Day): boolean {
  if (read === undefined || read.year === null) return true;
  return read.year === today || (read.month === today && day > addDays(today, -MONTH_DAYS));
}
const MONTH_DAYS = 31;

/** Kind of the usage under a name beyond that of watched keys; `null` if it belongs to a watched key only. */
function kindOf(label: string | null, { watched, others, gone, isComplete }: KeyNames): ResidualKind | null {
  if (isUnnamed(label)) return "unknown";
  const [isWatched, isOther, isGone] = [watched.has(label), others.has(label), gone.has(label)];
  // Keys with the same name cannot be distinguished, nor a key that is called like the chatroom.
  if (Number(isWatched) + Number(isOther) + Number(isGone) > 1) return "unknown";
  if (label === CHATROOM && (isOther || isGone)) return "unknown";
  if (isOther) return "not_watched";
  if (isGone) return "deleted";
  if (isWatched) return null;
  if (label === CHATROOM) return "chatroom";
  return isComplete ? "deleted" : "unknown";
}

export function groupByModel(rows: readonly (UsageRow & { label?: string | null })[]): Map<Day, ByModel> {
  const days = new Map<Day, ByModel>();
  for (const row of rows) {
    const day = days.get(row.date) ?? new Map<string, NamedRow[]>();
    days.set(row.date, day);
    const model = toModelName(row.model);
    const list = day.get(model) ?? [];
    day.set(model, list);
    list.push({ ...row, label: row.label ?? null });
  }
  return days;
}

const NOTHING: Amounts = {
  cost: 0n,
  byokCost: 0n,
  requests: 0,
  tokensInput: 0,
  tokensOutput: 0,
  details: ZERO_DETAILS,
};

const add = (a: Amounts, b: Amounts): Amounts => ({
  cost: a.cost + b.cost,
  byokCost: a.byokCost + b.byokCost,
  requests: a.requests + b.requests,
  tokensInput: a.tokensInput + b.tokensInput,
  tokensOutput: a.tokensOutput + b.tokensOutput,
  details: addDetails(a.details, b.details),
});
export const subtract = (a: Amounts, b: Amounts): Amounts => ({
  cost: a.cost - b.cost,
  byokCost: a.byokCost - b.byokCost,
  requests: a.requests - b.requests,
  tokensInput: a.tokensInput - b.tokensInput,
  tokensOutput: a.tokensOutput - b.tokensOutput,
  details: addDetails(a.details, negateDetails(b.details)),
});
export const sum = (rows: readonly Amounts[]): Amounts => rows.reduce(add, NOTHING);

/** Whether `whole` has at least the requests and tokens of `part`. */
const includes = (whole: Amounts, part: Amounts): boolean =>
  whole.requests >= part.requests && whole.tokensInput >= part.tokensInput && whole.tokensOutput >= part.tokensOutput;
/** The smaller amounts. Details are not known if only a part of `a` is left. */
export const least = (a: Amounts, b: Amounts): Amounts => ({
  cost: minNanos(a.cost, b.cost),
  byokCost: minNanos(a.byokCost, b.byokCost),
  requests: Math.min(a.requests, b.requests),
  tokensInput: Math.min(a.tokensInput, b.tokensInput),
  tokensOutput: Math.min(a.tokensOutput, b.tokensOutput),
  details: includes(b, a) ? a.details : NO_DETAILS,
});
/** Details are not known if a count is negative: then the two sides were read at different times. */
export const atLeastNothing = (a: Amounts): Amounts => ({
  cost: a.cost > 0n ? a.cost : 0n,
  byokCost: a.byokCost > 0n ? a.byokCost : 0n,
  requests: Math.max(a.requests, 0),
  tokensInput: Math.max(a.tokensInput, 0),
  tokensOutput: Math.max(a.tokensOutput, 0),
  details: a.requests < 0 || a.tokensInput < 0 || a.tokensOutput < 0 ? NO_DETAILS : a.details,
});

export const isNothing = (a: Amounts): boolean =>
  a.cost === 0n && a.byokCost === 0n && a.requests === 0 && a.tokensInput === 0 && a.tokensOutput === 0;
