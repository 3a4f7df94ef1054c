import type { Connection } from "@orwatch/db";
import { type Day, firstOfMonth } from "@orwatch/domain/day";
import type Database from "better-sqlite3";
import type { UsageDetails } from "../../openrouter/usage-details.ts";

/** Columns that the roll-ups by model and by month share, with what a row `s` of usage_stats adds to each. */
export const ROLLED_UP = {
  cost: "s.cost",
  byok_cost: "s.byok_cost",
  requests: "coalesce(s.requests_count, 0)",
  tokens_input: "coalesce(s.tokens_input, 0)",
  tokens_output: "coalesce(s.tokens_output, 0)",
  counted_cost: "iif(s.requests_count IS NULL, 0, s.cost)",
  counted_rows: "(s.requests_count IS NOT NULL)",
  rows: "1",
  reasoning_tokens: "coalesce(s.reasoning_tokens, 0)",
  reasoning_rows: "(s.reasoning_tokens IS NOT NULL)",
  cached_tokens: "coalesce(s.cached_tokens, 0)",
  cached_rows: "(s.cached_tokens IS NOT NULL)",
  cached_of: "iif(s.cached_tokens IS NULL, 0, coalesce(s.tokens_input, 0))",
} as const;

export type RollUpColumn = keyof typeof ROLLED_UP;
export const ROLL_UP_COLUMNS = Object.keys(ROLLED_UP) as RollUpColumn[];

/** First day of the month of a row. */
export const MONTH = "substr(s.date, 1, 8) || '01'";

const SUMS = ROLL_UP_COLUMNS.map((name) => `sum(${ROLLED_UP[name]})`).join(", ");

const addTo = (
  table: string,
  owner: string,
  rows: string,
) => `INSERT INTO ${table} (${owner}, ${ROLL_UP_COLUMNS.join(", ")}) ${rows}
  ON CONFLICT DO UPDATE SET ${ROLL_UP_COLUMNS.map((name) => `${name} = ${name} + excluded.${name}`).join(", ")}`;

export const addToModels = (rows: string) => addTo("usage_models", "team_id, date, model", rows);
export const addToMonths = (rows: string) => addTo("usage_months", "api_key_id, month, model", rows);

/** Adds the rows `s` that a condition selects to both roll-ups. */
export const addRows = (condition: string) => ({
  models:
    addToModels(`SELECT k.team_id, s.date, s.model, ${SUMS} FROM usage_stats s JOIN api_keys k ON k.id = s.api_key_id
    WHERE ${condition} GROUP BY 1, 2, 3`),
  months: addToMonths(
    `SELECT s.api_key_id, ${MONTH}, s.model, ${SUMS} FROM usage_stats s WHERE ${condition} GROUP BY 1, 2, 3`,
  ),
});

/** Assignments that subtract the sums `s` from the row `m` of a roll-up. */
export const SUBTRACTED = ROLL_UP_COLUMNS.map((name) => `${name} = m.${name} - s.${name}`).join(", ");
/** Sums of rows `s`, in the columns of the roll-ups. */
export const NAMED_SUMS = ROLL_UP_COLUMNS.map((name) => `sum(${ROLLED_UP[name]}) AS ${name}`).join(", ");

/** A row of usage_stats. */
interface Row {
  model: string;
  cost: bigint;
  byokCost: bigint;
  requests: number | null;
  tokensInput: number | null;
  tokensOutput: number | null;
  details: UsageDetails;
}

/** What a row adds to a roll-up, in the order of {@link ROLL_UP_COLUMNS}. */
type Amounts = (bigint | number)[];

function amountsOf({ cost, byokCost, requests, tokensInput, tokensOutput, details }: Row): Amounts {
  const isCounted = requests !== null;
  const { reasoningTokens, cachedTokens } = details;
  const amounts: Record<RollUpColumn, bigint | number> = {
    cost,
    byok_cost: byokCost,
    requests: requests ?? 0,
    tokens_input: tokensInput ?? 0,
    tokens_output: tokensOutput ?? 0,
    counted_cost: isCounted ? cost : 0n,
    counted_rows: isCounted ? 1 : 0,
    rows: 1,
    reasoning_tokens: reasoningTokens ?? 0,
    reasoning_rows: reasoningTokens === null ? 0 : 1,
    cached_tokens: cachedTokens ?? 0,
    cached_rows: cachedTokens === null ? 0 : 1,
    cached_of: cachedTokens === null ? 0 : (tokensInput ?? 0),
  };
  return ROLL_UP_COLUMNS.map((name) => amounts[name]);
}

const negate = (amount: bigint | number) => (typeof amount === "bigint" ? -amount : 0 - amount);

const plus = (a: bigint | number, b: bigint | number) =>
  typeof a === "bigint" ? a + (b as bigint) : a + (b as number);

/** Changes of a roll-up by day or month, and by model. */
class Changes {
  private readonly byTime = new Map<Day, Map<string, Amounts>>();

  add(time: Day, model: string, amounts: Amounts): void {
    let models = this.byTime.get(time);
    if (!models) {
      models = new Map();
      this.byTime.set(time, models);
    }
    const known = models.get(model);
    models.set(model, known ? known.map((amount, index) => plus(amount, amounts[index] as bigint | number)) : amounts);
  }

  /** Applies the changes, and removes what has no rows any more. */
  flush(owner: number, { put, drop }: { put: Statement; drop: Statement }): void {
    for (const [time, models] of this.byTime)
      for (const [model, amounts] of models) {
        put.run(owner, time, model, ...amounts);
        if ((amounts[ROWS] as number) < 0) drop.run(owner, time, model);
      }
    this.byTime.clear();
  }
}

type Statement = Database.Statement<unknown[]>;
const ROWS = ROLL_UP_COLUMNS.indexOf("rows");
const VALUES = `VALUES (?, ?, ?, ${ROLL_UP_COLUMNS.map(() => "?").join(", ")})`;

/** Collects the changes of a key's rows and applies them to the roll-ups by model and by month. */
export function createRollUps(connection: Connection, { apiKeyId, teamId }: { apiKeyId: number; teamId: number }) {
  const models = new Changes();
  const months = new Changes();
  return {
    /** A row that was added, or with the sign -1 removed. */
    note(date: Day, row: Row, sign: 1 | -1): void {
      const amounts = sign === 1 ? amountsOf(row) : amountsOf(row).map(negate);
      models.add(date, row.model, amounts);
      months.add(firstOfMonth(date), row.model, amounts);
    },
    flush(): void {
      models.flush(teamId, {
        put: connection.prepare(addToModels(VALUES)),
        drop: connection.prepare("DELETE FROM usage_models WHERE team_id = ? AND date = ? AND model = ? AND rows = 0"),
      });
      months.flush(apiKeyId, {
        put: connection.prepare(addToMonths(VALUES)),
        drop: connection.prepare(
          "DELETE FROM usage_months WHERE api_key_id = ? AND month = ? AND model = ? AND rows = 0",
        ),
      });
    },
    /** Adds a range of days without earlier rows. */
    addRange(from: Day, through: Day): void {
      const { models, months } = addRows("s.api_key_id = :id AND s.date BETWEEN :from AND :through");
      for (const sql of [models, months]) connection.prepare(sql).run({ id: apiKeyId, from, through });
    },
  };
}
