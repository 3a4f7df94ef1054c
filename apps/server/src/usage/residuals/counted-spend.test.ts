import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_DETAILS } from "../../openrouter/usage-details.ts";
import { type CountedSpend, explainByCounters } from "./counted-spend.ts";
import type { NamedRow } from "./residual-split.ts";

const DAYS = ["2026-03-07", "2026-03-08", "2026-03-09"];
const [FIRST, , LAST] = DAYS as [string, string, string];

const row = (date: string, cost: number, more: Partial<NamedRow> = {}): NamedRow => ({
  date,
  model: "m/x",
  label: "app",
  cost: BigInt(cost),
  byokCost: 0n,
  requests: 2,
  tokensInput: 10,
  tokensOutput: 1,
  details: NO_DETAILS,
  ...more,
});
const spend = (amount: number, more: Partial<CountedSpend> = {}): CountedSpend => ({
  keyId: 1,
  label: "app",
  money: "cost",
  since: LAST,
  date: LAST,
  amount: BigInt(amount),
  ...more,
});

/** Explained cost, BYOK and requests by day, model and name. */
function explain(input: { named: NamedRow[]; stored?: NamedRow[]; totals?: NamedRow[]; counted: CountedSpend[] }) {
  const rows = explainByCounters({ days: DAYS, stored: [], totals: input.named, ...input });
  return rows.map(({ date, model, label, cost, byokCost, requests }) => [
    `${date} ${model} ${label}`,
    Number(cost),
    Number(byokCost),
    requests,
  ]);
}

describe("explainByCounters", () => {
  test("explains usage of a name beyond its stored rows, with the counts if all of its cost is explained", () => {
    const named = [row(LAST, 30), row(LAST, 7, { label: "other" })];
    expect(explain({ named, counted: [spend(30)] })).toEqual([[`${LAST} m/x app`, 30, 0, 2]]);
    expect(explain({ named, counted: [spend(25)] })).toEqual([[`${LAST} m/x app`, 25, 0, 0]]);
    expect(explain({ named, stored: [row(LAST, 12)], counted: [spend(30)] })).toEqual([[`${LAST} m/x app`, 18, 0, 0]]);
    expect(explain({ named, stored: [row(LAST, 30)], counted: [spend(30)] })).toEqual([]);
  });

  test("explains no more than the total has beyond the stored rows", () => {
    const input = { named: [row(LAST, 30)], stored: [row(LAST, 10, { label: "other" })], counted: [spend(30)] };
    expect(explain({ ...input, totals: [row(LAST, 25)] })).toEqual([[`${LAST} m/x app`, 15, 0, 0]]);
    expect(explain({ ...input, totals: [row(LAST, 5)] })).toEqual([]);
  });

  test("explains credits and BYOK separately", () => {
    const named = [row(LAST, 30, { byokCost: 4n })];
    expect(explain({ named, counted: [spend(30)] })).toEqual([[`${LAST} m/x app`, 30, 0, 0]]);
    expect(explain({ named, counted: [spend(30), spend(9, { money: "byokCost" })] })).toEqual([
      [`${LAST} m/x app`, 30, 4, 2],
    ]);
  });

  test("takes spend of several days from the newest first, after spend of single days", () => {
    const named = DAYS.map((date) => row(date, 10));
    expect(explain({ named, counted: [spend(14, { since: FIRST })] })).toEqual([
      [`${LAST} m/x app`, 10, 0, 2],
      ["2026-03-08 m/x app", 4, 0, 0],
    ]);
    expect(explain({ named, counted: [spend(14, { since: FIRST }), spend(6)] })).toEqual([
      [`${LAST} m/x app`, 10, 0, 2],
      ["2026-03-08 m/x app", 10, 0, 2],
    ]);
  });

  test("explains as much as the counters and the usage of the name have in common", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ cost: fc.nat(50), model: fc.constantFrom("a", "b"), label: fc.constantFrom("app", "b") })),
        fc.array(fc.record({ amount: fc.nat(90), label: fc.constantFrom("app", "b", "none") }), { maxLength: 4 }),
        (rows, spends) => {
          const named = rows.map(({ cost, ...one }) => row(LAST, cost, one));
          const counted = spends.map(({ amount, label }) => spend(amount, { label }));
          const found = explainByCounters({ days: DAYS, totals: named, named, stored: [], counted });
          const total = (list: readonly { label: string | null }[], label: string, of: (one: never) => bigint) =>
            list.filter((one) => one.label === label).reduce((sum, one) => sum + of(one as never), 0n);
          for (const label of ["app", "b", "none"]) {
            const used = total(named, label, ({ cost }: NamedRow) => cost);
            const known = total(counted, label, ({ amount }: CountedSpend) => amount);
            expect(total(found, label, ({ cost }: NamedRow) => cost)).toBe(used < known ? used : known);
          }
        },
      ),
    );
  });
});
