import { message } from "@orwatch/messages/message";
import { createRenderer } from "@orwatch/messages/renderer";
import { expect, test } from "vitest";
import { type DigestFacts, writeDigest } from "./write.ts";

const now = new Date("2026-03-09T07:00:00Z");
const english = createRenderer({ language: "en", now });
const italian = createRenderer({ language: "it", now });

const dollars = (amount: number) => BigInt(Math.round(amount * 1e9));
const pair = (name: string, now: number, before: number) => ({ name, now: dollars(now), before: dollars(before) });

const facts = (given: Partial<DigestFacts> = {}): DigestFacts => ({
  from: "2026-03-02",
  through: "2026-03-08",
  total: { now: dollars(1234.5), before: dollars(1000), requests: 12_345n },
  models: [pair("openai/gpt-5", 1200, 1000), pair("openai/gpt-5-mini", 34.5, 0), pair("old/model", 0, 3)],
  keys: [pair("shop", 1230, 900), pair("lab", 4.5, 0), pair("gone", 0, 100), pair("still", 0.001, 0.002)],
  newModels: ["openai/gpt-5-mini"],
  invalidKeys: ["old key"],
  forecast: {
    month: { low: dollars(4000), middle: dollars(5000.129), high: dollars(6000), spent: dollars(1300) },
    runningOut: [message("digest_limit_runs_out", { key: "shop", on: "2026-03-12" })],
  },
  ...given,
});

const textOf = (given: Partial<DigestFacts>, say = english) =>
  writeDigest(facts(given))
    .sections.map(({ title, lines }) => [title, ...lines].map((line) => say(line)).join("\n"))
    .join("\n\n");

test("lists spend, top models and keys, changes and the forecast", () => {
  expect(english(writeDigest(facts()).title)).toBe("Your week: $1,234.50");
  expect(textOf({})).toBe(`2 Mar to 8 Mar (UTC)
$1,234.50 spent, 23.4% more than $1,000.00 the week before
12,345 requests

Top models
openai/gpt-5: $1,200.00 ($1,000.00 the week before)
openai/gpt-5-mini: $34.50 ($0.00 the week before)

Top keys
shop: $1,230.00 ($900.00 the week before)
lab: $4.50 ($0.00 the week before)
still: $0.001 ($0.002 the week before)

Changes
shop spent $330.00 more
gone spent nothing, after $100.00 the week before
lab spent $4.50, after nothing the week before
First use of openai/gpt-5-mini
OpenRouter no longer accepts key old key

Forecast
Month-end forecast: about $5,000.13, most likely between $4,000.00 and $6,000.00; $1,300.00 so far
shop reaches its limit on 12 Mar at this pace`);
});

test("omits sections without lines and unknown numbers", () => {
  const { title, sections } = writeDigest(
    facts({
      total: { now: 0n, before: 0n, requests: null },
      models: [],
      keys: [],
      newModels: [],
      invalidKeys: [],
      forecast: { month: null, runningOut: [] },
    }),
  );
  expect(title).toEqual(message("digest_title", { spent: "0" }));
  expect(sections.map((section) => [section.title, ...section.lines].map(({ code }) => code))).toEqual([
    ["digest_week", "digest_spent"],
    ["digest_changes", "digest_no_changes"],
    ["digest_forecast", "digest_forecast_unknown"],
  ]);
});

test.each([
  [0n, 0n, message("digest_spent", { spent: "0", trend: "same" })],
  [5n, 0n, message("digest_spent", { spent: "5", trend: "from_zero" })],
  [dollars(4), dollars(4), message("digest_spent", { spent: "4000000000", trend: "about_same" })],
  [
    dollars(1),
    dollars(4),
    message("digest_spent_changed", { spent: "1000000000", percent: 75, trend: "less", before: "4000000000" }),
  ],
])("compares %d with the %d of the week before", (now, before, line) => {
  const { sections } = writeDigest(facts({ total: { now, before, requests: null } }));
  expect(sections[0]?.lines).toEqual([line]);
});

test("names that read like lines of the digest arrive unchanged in every language", () => {
  const name = "First use of x: $1.00 ($2.00 the week before)";
  const given = { keys: [pair(name, 5, 1)], newModels: [name], invalidKeys: [name] };
  expect(textOf(given, english).split(name)).toHaveLength(5);
  expect(textOf(given, italian).split(name)).toHaveLength(5);
  expect(textOf(given, italian)).toContain(`${name} ha speso 4,00\u00a0$ in più`);
  expect(textOf(given, italian)).not.toMatch(/\b(spent|than|accepts)\b/);
});
