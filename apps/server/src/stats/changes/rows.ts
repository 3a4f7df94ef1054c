import { type Day, listDays } from "@orwatch/domain/day";
import { type Period, stepsOf } from "../period.ts";
import { keysOf, modelsOf, parametersOf, type Reading, type Selection, select } from "../selection.ts";
import type { ItemChange, ItemUsage } from "./split-change.ts";

/** Usage of one key and model in a period. */
export interface KeyModelUsage extends ItemUsage {
  keyId: number;
  model: string;
}

type Row = [keyId: bigint, model: string, cost: bigint, requests: bigint | null, tokens: bigint | null];

/** Sums are unknown if a row's are. */
const sumOf = (value: string) => `iif(count(*) = count(${value}), sum(${value}), NULL)`;

const rowsOf = (selection: Selection) =>
  `SELECT s.api_key_id, s.model, sum(s.cost), ${sumOf("s.requests_count")}, ${sumOf("s.tokens_input + s.tokens_output")}
   FROM usage_stats s
   WHERE s.api_key_id IN (${keysOf(selection)}) AND s.date BETWEEN :from AND :through ${modelsOf(selection, "s.model")}
   GROUP BY s.api_key_id, s.model`;

const add = (a: bigint | null, b: bigint | null) => (a === null || b === null ? null : a + b);

/** Usage of a selection by key and model, read in steps. */
export async function sumByKeyAndModel(app: Reading, selection: Selection): Promise<KeyModelUsage[]> {
  const sums = new Map<string, KeyModelUsage>();
  for await (const period of stepsOf(selection.period)) {
    const step = { ...selection, period };
    for (const [id, model, cost, requests, tokens] of select<Row>(app, rowsOf(step), parametersOf(step), "arrays")) {
      const name = `${id} ${model}`;
      const known = sums.get(name);
      if (known) {
        known.cost += cost;
        known.requests = add(known.requests, requests);
        known.tokens = add(known.tokens, tokens);
      } else sums.set(name, { keyId: Number(id), model, cost, requests, tokens });
    }
  }
  return [...sums.values()];
}

const NO_USAGE: ItemUsage = { cost: 0n, requests: 0n, tokens: 0n };

/** The usage of two periods side by side, by key and model. */
export function pairUsage(
  before: KeyModelUsage[],
  after: KeyModelUsage[],
): (ItemChange & Pick<KeyModelUsage, "keyId" | "model">)[] {
  const nameOf = ({ keyId, model }: KeyModelUsage) => `${keyId} ${model}`;
  const later = new Map(after.map((usage) => [nameOf(usage), usage]));
  const pairs = before.map((usage) => {
    const match = later.get(nameOf(usage));
    later.delete(nameOf(usage));
    return { keyId: usage.keyId, model: usage.model, before: usage, after: match ?? NO_USAGE };
  });
  const added = [...later.values()].map((usage) => ({
    keyId: usage.keyId,
    model: usage.model,
    before: NO_USAGE,
    after: usage,
  }));
  return [...pairs, ...added];
}

/** The keys whose cost is known on every day of a period before `today`. Usage of an account beyond its keys is known where the account is. */
export function findKnownKeys(
  app: Reading,
  { selection, period, today }: { selection: Selection; period: Period; today: Day },
): Set<number> {
  const complete = listDays(period.from, period.through).filter((day) => day < today).length;
  const rows = select<[bigint]>(
    app,
    `SELECT k.id FROM api_keys k WHERE k.id IN (${keysOf(selection)}) AND (k.kind IS 'residual' OR :complete <=
       (SELECT count(*) FROM usage_days d WHERE d.api_key_id = k.id AND d.date BETWEEN :from AND :through AND d.date < :today))`,
    { ...parametersOf({ ...selection, period }), today, complete },
    "arrays",
  );
  return new Set(rows.map(([id]) => Number(id)));
}
