import { expect, test } from "vitest";
import { toItalian } from "../inbox/italian.ts";
import { type DigestFacts, toDollars, writeDigest } from "./write.ts";

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
    runningOut: ["The limit of shop lasts until 2026-03-12 at this pace"],
  },
  ...given,
});

const textOf = (given: Partial<DigestFacts>) =>
  writeDigest(facts(given))
    .sections.map(({ title, lines }) => [title, ...lines].join("\n"))
    .join("\n\n");

test("a digest says what was spent, on what, what moved, and how the month ends", () => {
  expect(writeDigest(facts()).title).toBe("Your week: $1,234.50");
  expect(textOf({})).toBe(`2026-03-02 to 2026-03-08 (UTC)
$1,234.50 spent, 23.4 % more than the $1,000.00 of the week before
12,345 requests

Top models
openai/gpt-5: $1,200.00 ($1,000.00 the week before)
openai/gpt-5-mini: $34.50 ($0.00 the week before)

Top keys
shop: $1,230.00 ($900.00 the week before)
lab: $4.50 ($0.00 the week before)
still: under $0.01 (under $0.01 the week before)

What changed
shop spent $330.00 more
gone spent nothing, after $100.00 in the week before
lab spent $4.50, after nothing in the week before
First use of openai/gpt-5-mini
OpenRouter does not accept the key old key any more

Forecast
This month ends at about $5,000.13, in 8 of 10 cases between $4,000.00 and $6,000.00; so far $1,300.00
The limit of shop lasts until 2026-03-12 at this pace`);
});

test("a week of nothing and unknown numbers are said as such", () => {
  const total = { now: 0n, before: 0n, requests: null };
  const text = textOf({
    total,
    models: [],
    keys: [],
    newModels: [],
    invalidKeys: [],
    forecast: { month: null, runningOut: [] },
  });
  expect(text).toBe(
    "2026-03-02 to 2026-03-08 (UTC)\n$0.00 spent, as in the week before\n\nWhat changed\nNothing that moved by a cent\n\nForecast\nToo little is known to say how this month ends",
  );
  expect(textOf({ total: { now: 5n, before: 0n, requests: null } })).toContain("after nothing in the week before");
  expect(textOf({ total: { now: dollars(1), before: dollars(4), requests: 1n } })).toContain(
    "75 % less than the $4.00",
  );
  expect(textOf({ total: { now: dollars(4), before: dollars(4), requests: 1n } })).toContain("about as much as");
});

test.each([
  [0n, "$0.00"],
  [1n, "under $0.01"],
  [5_000_000n, "$0.01"],
  [dollars(0.994), "$0.99"],
  [dollars(0.996), "$1.00"],
  [dollars(1234567.891), "$1,234,567.89"],
  [dollars(-12.5), "-$12.50"],
])("%s nano-dollars read as %s", (nanos, text) => expect(toDollars(nanos)).toBe(text));

test("every line has its Italian, with amounts as Italians write them and names as they are", () => {
  const runningOut = [
    "The limit of shop is used up",
    "The credit of the account behind $5 key lasts until 2026-03-12 at this pace",
  ];
  const given = [
    facts(),
    facts({ total: { now: 0n, before: 0n, requests: null }, models: [], newModels: [], invalidKeys: [] }),
    facts({ keys: [], total: { now: dollars(5), before: 0n, requests: 1n } }),
    facts({ keys: [pair("less", 1, 2)], total: { now: dollars(1), before: dollars(2), requests: 1n } }),
    facts({ total: { now: dollars(2), before: dollars(2), requests: 1n }, forecast: { month: null, runningOut } }),
  ];
  const said = given
    .map(writeDigest)
    .flatMap(({ title, sections }) => [title, ...sections.flatMap((section) => [section.title, ...section.lines])]);
  for (const line of said) expect(toItalian(line), line).not.toBe(line);
  expect(toItalian(said[0] ?? "")).toBe("La tua settimana: 1.234,50 $");
  expect(said.map(toItalian)).toContain(
    "Il credito dell’account dietro $5 key dura fino al 2026-03-12, a questo ritmo",
  );
  expect(said.map(toItalian).join("\n")).not.toMatch(/\b(the|week|before|spent|than|of)\b/);
});
