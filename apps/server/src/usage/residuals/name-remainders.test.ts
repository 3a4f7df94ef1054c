import { describe, expect, test } from "vitest";
import { NO_DETAILS } from "../../openrouter/usage-details.ts";
import { listFree, sumRemainders } from "./name-remainders.ts";
import type { KeyNames, NamedRow } from "./residual-split.ts";

const [DAY, TODAY] = ["2026-03-09", "2026-03-10"];
const row = (date: string, label: string | null, cost: number, more: Partial<NamedRow> = {}): NamedRow => ({
  date,
  model: "m/x",
  label,
  cost: BigInt(cost),
  byokCost: 0n,
  requests: 1,
  tokensInput: 0,
  tokensOutput: 0,
  details: NO_DETAILS,
  ...more,
});
const names: KeyNames = {
  watched: new Map(["app", "free"].map((name) => [name, { month: TODAY, year: TODAY }])),
  others: new Set(["other"]),
  gone: new Set(),
  isComplete: true,
};

describe("sumRemainders", () => {
  test("adds up what names of watched keys have beyond their rows, for each model by itself", () => {
    const named = [
      row(TODAY, "app", 9),
      row(TODAY, "app", 4, { model: "m/y" }),
      row(DAY, "app", 5),
      row(TODAY, "other", 3),
      row(TODAY, null, 2),
    ];
    const known = [row(TODAY, "app", 6), row(TODAY, "app", 6, { model: "m/y" }), row(DAY, "app", 5)];
    const found = sumRemainders({ named, known, names });
    expect([...found].map(([day, byName]) => [day, [...byName].map(([name, { cost }]) => [name, cost])])).toEqual([
      [TODAY, [["app", 3n]]],
      [DAY, []],
    ]);
  });
});

describe("listFree", () => {
  const remaindersOf = (...rows: NamedRow[]) => sumRemainders({ named: rows, known: [], names });
  const listed = (rows: NamedRow[], { before = [], since = TODAY }: { before?: NamedRow[]; since?: string } = {}) => {
    const free = listFree({
      remainders: remaindersOf(...rows),
      before: remaindersOf(...before),
      since,
    });
    return { ever: [...free.ever], lately: [...free.lately] };
  };

  test("lists names with requests without cost", () => {
    expect(listed([row(DAY, "free", 0), row(TODAY, "app", 0)])).toEqual({ ever: ["free", "app"], lately: ["app"] });
    expect(listed([row(TODAY, "app", 1), row(TODAY, "free", 0, { byokCost: 1n })])).toEqual({ ever: [], lately: [] });
    expect(listed([row(TODAY, "free", 0, { requests: 0 })])).toEqual({ ever: [], lately: [] });
  });

  test("lists names only when their requests have increased since the last comparison", () => {
    const before = [row(TODAY, "free", 0)];
    expect(listed([row(TODAY, "free", 0)], { before }).lately).toEqual([]);
    expect(listed([row(TODAY, "free", 0, { requests: 2 })], { before }).lately).toEqual(["free"]);
  });

  test("lists names of the day before at the first comparison of a day", () => {
    const before = [row(DAY, "app", 0)];
    expect(listed([row(DAY, "free", 0), row(DAY, "app", 0)], { before, since: DAY }).lately).toEqual(["free"]);
  });
});
