import { createFormat } from "@orwatch/messages/format";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { NEW_RULE, ruleSchema } from "./index.ts";

const schema = ruleSchema(createFormat({ language: "en", now: new Date("2026-11-25T14:05:00Z") }).marks());

/** The rule that is sent, or the code of the problem of each field. */
const read = (change: Partial<typeof NEW_RULE>) => {
  const { data, error } = z.safeParse(schema, { ...NEW_RULE, name: "Rule", ...change });
  return data ?? Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join("."), message]));
};

describe("amounts of a rule", () => {
  it.each([
    ["25", "25.00"],
    ["$25.5", "25.50"],
    ["25,5", "25.50"],
    ["1,000", "1000.00"],
    ["$1,000.50", "1000.50"],
    ["1 000 000", "1000000.00"],
    ["0.000000001", "0.000000001"],
  ])("reads %j as %s dollars", (typed, amount) => {
    expect(read({ kind: "credits", amount: typed })).toMatchObject({ amount });
    expect(read({ kind: "unusual", least: typed })).toMatchObject({ least: amount });
  });

  it("asks which amount is meant when there are two readings", () => {
    expect(read({ kind: "spend", amount: "1.000" })).toEqual({ amount: "two_readings" });
  });

  it.each(["", "0", "-5", "1,00,000", "five", "€5", "1e3", "0.0000000001"])("rejects %j as an amount", (typed) => {
    expect(read({ kind: "credits", amount: typed })).toEqual({ amount: "bad" });
  });
});

describe("other numbers of a rule", () => {
  it.each([
    ["50, 80, 100", [50, 80, 100]],
    ["50,80", [50, 80]],
    ["50 % 80 %", [50, 80]],
  ])("reads %j as shares", (percents, shares) => {
    expect(read({ kind: "limit_share", percents })).toMatchObject({ percents: shares });
  });

  it.each(["12.5", "1.000", "0, 50", "50, 101", "1 2 3 4 5 6"])("rejects %j as shares", (percents) => {
    expect(read({ kind: "limit_share", percents })).toEqual({ percents: "bad" });
  });

  it("reads a factor with either decimal mark, preferring the only valid reading", () => {
    expect(read({ kind: "unusual", times: "1.5" })).toMatchObject({ times: 1.5 });
    expect(read({ kind: "unusual", times: "1,5" })).toMatchObject({ times: 1.5 });
    expect(read({ kind: "unusual", times: "2.500" })).toMatchObject({ times: 2.5 });
    expect(read({ kind: "unusual", times: "2,500" })).toEqual({ times: "bad" });
  });

  it("does not read days or hours as thousandths", () => {
    expect(read({ kind: "sync_stale", hours: "720" })).toMatchObject({ hours: 720 });
    for (const typed of ["1,000", "1.000", "7.0", "7,5"])
      expect(read({ kind: "key_expires", days: typed }), typed).toEqual({ days: "bad" });
  });
});

it("sends only the terms of its kind, and requires a name and a key", () => {
  expect(read({ kind: "key_invalid" })).toEqual({
    kind: "key_invalid",
    name: "Rule",
    api_key_ids: null,
    channel_ids: null,
  });
  expect(read({ kind: "key_invalid", name: " ", api_key_ids: [] })).toEqual({
    name: expect.any(String),
    api_key_ids: "none",
  });
});
