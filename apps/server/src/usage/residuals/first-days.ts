import type { Connection } from "@orwatch/db";
import { type Day, maxDay, minDay } from "@orwatch/domain/day";
import { withoutNegativeCounts } from "../../openrouter/usage-details.ts";
import { createLedger, type NewRow } from "../ledger/ledger.ts";
import { type CountedSpend, withoutCounted } from "./counted-spend.ts";
import { type Amounts, isNothing, least, type ResidualKind, subtract } from "./residual-split.ts";

/** Where usage of a key may have been counted before its own rows were known. Chatroom has a name of its own in analytics. */
const ORDER: readonly ResidualKind[] = ["unknown", "not_watched", "deleted", "other_workspace", "restatement"];

const RESIDUAL_KEYS = `SELECT r.id, r.source AS kind FROM api_keys k JOIN api_keys r ON r.account_id = k.account_id AND r.kind = 'residual'
  WHERE k.id = ? AND k.kind <> 'residual'`;

/** Usage of a key on days that analytics has returned for the first time, and what its counters had shown of it before. */
export interface FirstDays {
  days: ReadonlyMap<Day, ReadonlyMap<string, NewRow>>;
  counted: readonly CountedSpend[];
}

/**
 * Takes usage that analytics returned for a key for the first time out of the residuals of its account, inside the caller's transaction: the
 * total of the account contained it before, except for what was known from the counters of the key. The next comparison of the account corrects the causes of what is left.
 */
export function moveFirstDaysFromResiduals(
  connection: Connection,
  owner: { apiKeyId: number; userId: number; now: Date },
  { days, counted }: FirstDays,
): void {
  const dates = [...days.keys()];
  if (dates.length === 0) return;
  const [from, through] = [dates.reduce(minDay), dates.reduce(maxDay)];
  const residualKeys = connection.prepare(RESIDUAL_KEYS).safeIntegers(false).all(owner.apiKeyId) as {
    id: number;
    kind: ResidualKind;
  }[];
  const usage = new Map([...days].map(([date, rows]) => [date, new Map<string, Amounts>([...rows].map(toAmounts))]));
  let left = withoutCounted(usage, counted);
  for (const { id } of ORDER.flatMap((kind) => residualKeys.filter((key) => key.kind === kind))) {
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

const withCounts = (row: NewRow): Amounts => ({
  ...row,
  requests: row.requests ?? 0,
  tokensInput: row.tokensInput ?? 0,
  tokensOutput: row.tokensOutput ?? 0,
});
const toAmounts = ([model, row]: [string, NewRow]): [string, Amounts] => [model, withCounts(row)];
