import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDetails,
  DETAIL_NAMES,
  NO_DETAILS,
  type UsageDetails,
  ZERO_DETAILS,
} from "../../openrouter/usage-details.ts";
import { details as anyDetails } from "../../stats/test-support/random-usage.ts";
import { type DayResidual, type KeyNames, type NamedRow, splitResiduals } from "./residual-split.ts";

const [DAY, TODAY] = ["2026-03-09", "2026-03-10"];
const row = (cost: number, label: string | null = null, more: Partial<NamedRow> = {}): NamedRow => ({
  date: DAY,
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
const READ_TODAY = { month: "2026-03-10", year: "2026-03-10" };
const names = (more: Partial<Record<"watched" | "others" | "gone", string[]>> = {}, isComplete = true): KeyNames => ({
  watched: new Map((more.watched ?? ["app"]).map((name) => [name, READ_TODAY])),
  others: new Set(more.others ?? []),
  gone: new Set(more.gone ?? []),
  isComplete,
});

function split(input: {
  total: number;
  named: NamedRow[];
  stored: NamedRow[];
  elsewhere?: NamedRow[];
  before?: DayResidual;
  leftToday?: number;
  names?: KeyNames;
  day?: string;
}) {
  const day = input.day ?? DAY;
  const at = (rows: NamedRow[]) => rows.map((one) => ({ ...one, date: day }));
  const requests = input.named.reduce((sum, one) => sum + one.requests, 0);
  const found = splitResiduals({
    days: [day],
    today: TODAY,
    totals: at([row(input.total, null, { requests })]),
    named: at(input.named),
    stored: at(input.stored),
    ...(input.elsewhere && { elsewhere: at(input.elsewhere) }),
    ...(input.before && { before: new Map([[day, input.before]]) }),
    ...(input.leftToday !== undefined && { leftToday: new Map([["app", row(input.leftToday)]]) }),
    names: input.names ?? names(),
  }).get(day);
  return found && Object.fromEntries([...found].map(([kind, models]) => [kind, Number(models.get("m/x")?.cost)]));
}

describe("splitResiduals", () => {
  test("returns no residual when the keys have all usage of the account", () => {
    expect(split({ total: 5, named: [row(5, "app")], stored: [row(5, "app")] })).toEqual({});
  });

  test.each([
    ["a key that is not watched", "other", names({ others: ["other"] }), "not_watched"],
    ["a deleted key", "old", names({ gone: ["old"] }), "deleted"],
    ["an unknown key when all keys are known", "older", names(), "deleted"],
    ["an unknown key when not all keys are known", "older", names({}, false), "unknown"],
    ["the chatroom", "Chatroom", names(), "chatroom"],
    ["a watched key called Chatroom", "Chatroom", names({ watched: ["app", "Chatroom"] }), "unknown"],
    ["a key called Chatroom that is not watched", "Chatroom", names({ others: ["Chatroom"] }), "unknown"],
    ["a deleted key called Chatroom", "Chatroom", names({ gone: ["Chatroom"] }), "unknown"],
    [
      "a name that a deleted key shares with another key",
      "twin",
      names({ others: ["twin"], gone: ["twin"] }),
      "unknown",
    ],
    ["no key name", null, names(), "unknown"],
    ["usage that analytics does not attribute", "Unattributed", names(), "unknown"],
  ] as const)("assigns a cause to usage of %s", (_, label, known, kind) => {
    const stored = [row(5, "app")];
    expect(split({ total: 12, named: [row(5, "app"), row(7, label)], stored, names: known })).toEqual({ [kind]: 7 });
  });

  test.each([
    ["a key that is not watched", names({ others: ["app"] })],
    ["a deleted key", names({ gone: ["app"] })],
    ["both", names({ others: ["app"], gone: ["app"] })],
  ])("subtracts the usage of a watched key from its name, but assigns no cause if %s has it too", (_, known) => {
    const named = [row(12, "app"), row(3, "Chatroom")];
    expect(split({ total: 15, named, stored: [row(5, "app")], names: known })).toEqual({ chatroom: 3, unknown: 7 });
  });

  test("returns the rest as unknown when the names explain only a part", () => {
    expect(split({ total: 20, named: [row(5, "app"), row(7, "Chatroom")], stored: [row(5, "app")] })).toEqual({
      chatroom: 7,
      unknown: 8,
    });
  });

  test("never returns more than the total minus the keys", () => {
    expect(split({ total: 8, named: [row(5, "app"), row(7, "Chatroom")], stored: [row(5, "app")] })).toEqual({
      chatroom: 3,
    });
  });

  test("leaves out recent spend of a watched key for today", () => {
    const input = { total: 9, named: [row(9, "app")], stored: [row(5, "app")] };
    expect(split({ ...input, day: TODAY })).toEqual({});
    expect(split(input)).toEqual({ unknown: 4 });
  });

  test("returns for today what a watched key did not have at the last comparison either", () => {
    const input = { total: 9, named: [row(9, "app")], stored: [row(5, "app")], day: TODAY };
    expect(split({ ...input, leftToday: 3 })).toEqual({ unknown: 3 });
    expect(split({ ...input, leftToday: 7 })).toEqual({ unknown: 4 });
    expect(split({ ...input, total: 6, leftToday: 7 })).toEqual({ unknown: 1 });
  });

  describe("splitResiduals for the name of a watched key", () => {
    const isOld = { month: "2026-03-09", year: "2026-03-05" };
    const late = { total: 9, named: [row(9, "app")], stored: [row(5, "app")] };
    const read = (days: { month: string | null; year: string | null }): KeyNames => ({
      ...names(),
      watched: new Map([["app", days]]),
    });
    const before = (kind: "restatement" | "unknown", cost: number): DayResidual =>
      new Map([[kind, new Map([["m/x", row(cost)]])]]);

    test("returns a restatement for usage added after the key and the total were read", () => {
      expect(split({ ...late, names: read(isOld), before: new Map() })).toEqual({ restatement: 4 });
      expect(split({ ...late, names: read(isOld), before: before("restatement", 4) })).toEqual({ restatement: 4 });
    });

    test.each([
      ["the total was not read before", isOld, undefined],
      ["all of it was in the previous total", isOld, before("unknown", 4)],
      ["part of it was in the previous total", isOld, before("unknown", 1)],
      ["the last 31 days of the key were read today", { ...isOld, month: TODAY }, new Map()],
      ["all of the key was read today", { ...isOld, year: TODAY }, new Map()],
      ["the history of the key was never read", { month: null, year: null }, new Map()],
    ])("returns late usage as unknown when %s", (_, days, known) => {
      expect(split({ ...late, names: read(days), ...(known && { before: known }) })).toEqual({ unknown: 4 });
    });
  });

  test("assigns usage of a workspace that could not be listed to that workspace", () => {
    const known = names({}, false);
    const input = { total: 12, named: [row(5, "app"), row(7, "strange")], stored: [row(5, "app")], names: known };
    expect(split({ ...input, elsewhere: [row(7)] })).toEqual({ other_workspace: 7 });
    expect(split({ ...input, elsewhere: [row(5), row(-2, null, { requests: -1 })] })).toEqual({
      other_workspace: 3,
      unknown: 4,
    });
    expect(split({ ...input, elsewhere: [row(9)] })).toEqual({ other_workspace: 7 });
    expect(split({ ...input, elsewhere: [row(1), row(-2, null, { requests: -1 })] })).toEqual({ unknown: 7 });
  });

  test("skips a finished day whose total is lower than the sum of its keys", () => {
    expect(split({ total: 3, named: [row(3, "app")], stored: [row(5, "app")] })).toBeUndefined();
    expect(split({ total: 3, named: [row(3, "app")], stored: [row(5, "app")], day: TODAY })).toEqual({});
  });
});

describe("details of residuals", () => {
  const detailed = (label: string | null, cached: number | null, upstream: bigint | null) =>
    row(5, label, { requests: 2, details: { ...ZERO_DETAILS, cachedTokens: cached, upstreamCost: upstream } });
  const detailsOf = (input: { total: NamedRow; named: NamedRow[]; stored: NamedRow[]; names?: KeyNames }) => {
    const days = splitResiduals({ days: [DAY], today: TODAY, totals: [input.total], names: names(), ...input });
    const kinds = [...(days.get(DAY) ?? [])].map(([kind, models]) => [kind, models.get("m/x")?.details]);
    return Object.fromEntries(kinds) as Record<string, UsageDetails>;
  };
  const whole = (cached: number | null, upstream: bigint | null) => ({
    ...detailed(null, cached, upstream),
    cost: 10n,
    requests: 4,
  });

  test("details of a residual are the total minus the keys, also if negative", () => {
    const named = [detailed("app", 3, 9n), detailed("Chatroom", 4, -2n)];
    expect(detailsOf({ total: whole(7, 7n), named, stored: [detailed("app", 3, 9n)] })).toEqual({
      chatroom: { ...ZERO_DETAILS, cachedTokens: 4, upstreamCost: -2n },
    });
  });

  test.each([
    ["the total", whole(null, 7n), detailed("app", 3, 9n)],
    ["a key", whole(7, 7n), detailed("app", null, 9n)],
  ])("a detail of a residual is unknown when that of %s is unknown", (_, total, key) => {
    const named = [detailed("app", 3, 9n), detailed(null, 4, -2n)];
    expect(detailsOf({ total, named, stored: [key] }).unknown).toMatchObject({ cachedTokens: null, upstreamCost: -2n });
  });

  test("a token count of a residual is unknown when it would be negative", () => {
    const named = [detailed("app", 9, 9n), detailed(null, 4, 2n)];
    expect(detailsOf({ total: whole(7, 7n), named, stored: [detailed("app", 9, 9n)] }).unknown).toMatchObject({
      cachedTokens: null,
      upstreamCost: -2n,
    });
  });

  test("details of residuals and keys add up to the total or are unknown", () => {
    const part = fc.record({ requests: fc.integer({ min: 1, max: 9 }), details: anyDetails });
    fc.assert(
      fc.property(part, part, part, (app, chatroom, gone) => {
        const rows = { app, Chatroom: chatroom, gone };
        const named = Object.entries(rows).map(([label, one]) => row(one.requests, label, one));
        const total = row(app.requests + chatroom.requests + gone.requests, null, {
          requests: app.requests + chatroom.requests + gone.requests,
          details: named.map((one) => one.details).reduce(addDetails),
        });
        const found = detailsOf({ total, named, stored: [row(app.requests, "app", app)] });
        for (const name of DETAIL_NAMES) {
          const [left, right] = [found.chatroom?.[name], found.deleted?.[name]];
          const isKnown = total.details[name] !== null;
          expect([left ?? null, right ?? null]).toEqual(
            isKnown ? [chatroom.details[name], gone.details[name]] : [left ?? null, right ?? null],
          );
          if (!isKnown) expect([null, chatroom.details[name]]).toContain(left);
        }
      }),
    );
  });
});
