import type { Connection } from "@orwatch/db";
import { type Day, maxDay, minDay } from "@orwatch/domain/day";
import { maxNanos } from "@orwatch/domain/money";
import type { UsageRow } from "../../openrouter/schema.ts";
import { withoutNegativeCounts } from "../../openrouter/usage-details.ts";
import { createLedger, type NewRow } from "../ledger/ledger.ts";
import { type CountedSpend, withoutCounted } from "./counted-spend.ts";
import { type Amounts, isNothing, least, type ResidualKind, subtract } from "./residual-split.ts";

/** Usage of a key by day and model that was not among its rows before. */
export interface Unbooked {
  /** Days that analytics had not returned for the key. */
  firstDays: ReadonlyMap<Day, ReadonlyMap<string, NewRow>>;
  /** Of other days, what was added. */
  growth: Map<Day, ReadonlyMap<string, NewRow>>;
  /** What the counters of the key had shown of it before. */
  counted: readonly CountedSpend[];
}

/** Where usage of a key may have been counted before its own rows were known. Chatroom has a name of its own in analytics. */
const OF_FIRST_DAYS: readonly ResidualKind[] = ["unknown", "not_watched", "deleted", "other_workspace", "restatement"];
/** Where growth may have been counted while the key was not read. */
const OF_GAP: readonly ResidualKind[] = ["not_watched", "deleted", "restatement"];
/** Other growth of a key that is read in every sync: what the others hold belongs to other keys. */
const OF_GROWTH: readonly ResidualKind[] = ["restatement"];

const RESIDUAL_KEYS = `SELECT r.id, r.source AS kind FROM api_keys k JOIN api_keys r ON r.account_id = k.account_id AND r.kind = 'residual'
  WHERE k.id = ? AND k.kind <> 'residual'`;

/**
 * Takes usage that is new among the rows of a key out of the residuals of its account, inside the caller's transaction: the
 * total of the account may have contained it before, except for what was known from the counters of the key. The next comparison of the account corrects the causes of what is left.
 */
export function takeFromResiduals(
  connection: Connection,
  owner: { apiKeyId: number; teamId: number; now: Date },
  { firstDays, growth, counted }: Unbooked,
): void {
  if (firstDays.size === 0 && growth.size === 0) return;
  const keys = connection.prepare(RESIDUAL_KEYS).safeIntegers(false).all(owner.apiKeyId) as ResidualKey[];
  if (keys.length === 0) return;
  const ofKinds = (kinds: readonly ResidualKind[]) => kinds.flatMap((kind) => keys.filter((key) => key.kind === kind));
  takeDays(connection, owner, { days: firstDays, counted, residuals: ofKinds(OF_FIRST_DAYS) });
  const wasRead =
    connection.prepare("SELECT watermark FROM api_keys WHERE id = ?").pluck().get(owner.apiKeyId) !== null;
  // The counters of a key that was not read had shown nothing.
  const ofGrowth = wasRead ? { counted, residuals: ofKinds(OF_GROWTH) } : { counted: [], residuals: ofKinds(OF_GAP) };
  takeDays(connection, owner, { days: growth, ...ofGrowth });
}

interface ResidualKey {
  id: number;
  kind: ResidualKind;
}

/** @param input.residuals the first of them that have usage of a day and model are reduced */
function takeDays(
  connection: Connection,
  owner: { apiKeyId: number; teamId: number; now: Date },
  input: Pick<Unbooked, "counted"> & { days: Unbooked["firstDays"]; residuals: readonly ResidualKey[] },
): void {
  const { days, counted, residuals } = input;
  const dates = [...days.keys()];
  if (dates.length === 0) return;
  const [from, through] = [dates.reduce(minDay), dates.reduce(maxDay)];
  const usage = new Map([...days].map(([date, rows]) => [date, new Map<string, Amounts>([...rows].map(toAmounts))]));
  let left = withoutCounted(usage, counted);
  for (const { id } of residuals) {
    const ledger = createLedger(connection, { ...owner, apiKeyId: id });
    const stored = ledger.readUsage(from, through);
    const rest: typeof left = new Map();
    for (const [date, wanted] of left) {
      const before = stored.get(date);
      if (!before) {
        rest.set(date, wanted);
        continue;
      }
      const after = new Map<string, NewRow>(before);
      const missing = new Map<string, Amounts>();
      for (const [model, amounts] of wanted) {
        const row = before.get(model);
        const part = row ? least(amounts, withCounts(row)) : null;
        if (!row || !part || isNothing(part)) {
          missing.set(model, amounts);
          continue;
        }
        const remaining = subtract(withCounts(row), part);
        if (isNothing(remaining)) after.delete(model);
        else after.set(model, { date, model, ...remaining, details: withoutNegativeCounts(remaining.details) });
        missing.set(model, subtract(amounts, part));
      }
      rest.set(date, missing);
      if (ledger.replaceDay(date, before, after) === 0) continue;
      ledger.putDay({
        date,
        rows: after,
        isAnswered: true,
        isKnownByCounters: false,
        isExactByCounters: false,
        isByokKnownByCounters: false,
      });
    }
    ledger.flush();
    left = rest;
  }
}

/** What a response added to a row; nothing if it has not grown. @param before the stored row */
export function growthOf(row: UsageRow, before: NewRow | undefined): UsageRow[] {
  if (before === undefined) return [row];
  const change = subtract(row, withCounts(before));
  const growth = {
    ...row,
    cost: maxNanos(change.cost, 0n),
    byokCost: maxNanos(change.byokCost, 0n),
    requests: Math.max(change.requests, 0),
    tokensInput: Math.max(change.tokensInput, 0),
    tokensOutput: Math.max(change.tokensOutput, 0),
    details: change.details,
  };
  return isNothing(growth) ? [] : [growth];
}

const withCounts = (row: NewRow): Amounts => ({
  ...row,
  requests: row.requests ?? 0,
  tokensInput: row.tokensInput ?? 0,
  tokensOutput: row.tokensOutput ?? 0,
});
const toAmounts = ([model, row]: [string, NewRow]): [string, Amounts] => [model, withCounts(row)];
