import { toDay } from "@orwatch/domain/day";
import { messageSchema } from "@orwatch/messages/schema/index";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rule } from "../rule.ts";
import type { Facts, KeyFacts } from "../rules/define.ts";
import { formatTerms, parseTerms, readTerms, type Terms, writeTerms } from "../rules/index.ts";
import { type Decision, decide, type Firing, KEY_DELETED } from "./decide.ts";
import { alertItem, deletedKeyItem, resolvedItem } from "./items.ts";

const NOW = Date.UTC(2026, 2, 10, 12);
const nanos = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 13n });
const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });
const instant = fc.integer({ min: NOW - 40 * 86_400_000, max: NOW + 40 * 86_400_000 }).map((ms) => new Date(ms));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const terms: fc.Arbitrary<Terms> = fc.oneof(
  fc.record({
    kind: fc.constant("spend" as const),
    span: fc.constantFrom("day" as const, "week" as const, "month" as const),
    amount,
    eachKey: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("limit_share" as const),
    percents: fc
      .uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 })
      .map((percents) => percents.sort((a, b) => a - b)),
  }),
  fc.record({ kind: fc.constant("hourly_spend" as const), amount, eachKey: fc.boolean() }),
  fc.record({ kind: fc.constant("credits" as const), amount }),
  fc.record({
    kind: fc.constantFrom("unusual" as const, "hourly_unusual" as const),
    times: fc.integer({ min: 110, max: 10_000 }),
    least: amount,
    eachKey: fc.boolean(),
  }),
  fc.constant({ kind: "key_invalid" as const }),
  fc.record({ kind: fc.constant("key_expires" as const), days: fc.integer({ min: 1, max: 365 }) }),
  fc.record({ kind: fc.constant("sync_stale" as const), hours: fc.integer({ min: 1, max: 720 }) }),
);

const key: fc.Arbitrary<Omit<KeyFacts, "id">> = fc
  .record({
    name: fc.string({ maxLength: 5 }),
    kind: fc.constantFrom("inference", "management", null),
    isActive: fc.boolean(),
    accountName: fc.constant(null),
    hasSecret: fc.boolean(),
    status: fc.constantFrom("valid", "invalid", "unverified"),
    statusMessage: fc.constant(null),
    rejections: fc.constantFrom(0, 0, 1),
    firstRejectedAt: maybe(instant),
    hasLimit: fc.constantFrom(false, null),
    limit: maybe(nanos),
    remaining: maybe(nanos),
    limitReset: fc.constantFrom("daily", "weekly", "monthly", null, "yearly"),
    account: fc.constantFrom("a", "b", null),
    creditsTotal: maybe(nanos),
    creditsLeft: maybe(nanos),
    expiresAt: maybe(instant),
    createdAt: instant,
    countersAt: maybe(instant),
    lastSyncedAt: maybe(instant),
    lastSyncError: fc.constant(null),
  })
  .map((one) => ({ ...one, hasLimit: one.limit === null ? one.hasLimit : true }));

const days = fc
  .array(fc.record({ back: fc.nat(62), cost: amount, isWhole: fc.boolean() }), { maxLength: 40 })
  .map((rows) => new Map(rows.map(({ back, ...day }) => [toDay(NOW - back * 86_400_000), day])));

const hourCosts = fc.record({
  costs: fc.array(fc.tuple(fc.nat(23), amount), { maxLength: 24 }).map((costs) => new Map(costs)),
  through: fc.nat(24),
});
const hours = fc
  .array(fc.tuple(fc.nat(60), hourCosts), { maxLength: 30 })
  .map((rows) => new Map(rows.map(([back, costs]) => [toDay(NOW - back * 86_400_000), costs])));

const facts: fc.Arbitrary<Facts> = fc
  .record({ keys: fc.array(fc.record({ key, days, hours }), { maxLength: 4 }), attemptedAt: maybe(instant) })
  .map(({ keys, attemptedAt }) => ({
    keys: keys.map((one, index) => ({ ...one.key, id: index + 1 })),
    days: new Map(keys.map((one, index) => [index + 1, one.days])),
    hours: new Map(keys.map((one, index) => [index + 1, one.hours])),
    attemptedAt,
    isBackfilling: false,
  }));

const rules: fc.Arbitrary<Rule[]> = fc
  .array(
    fc.record({ terms, keys: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1 })), since: instant }),
    {
      maxLength: 6,
    },
  )
  .map((list) =>
    list.map(({ keys, ...rule }, index) => ({
      ...rule,
      id: index + 1,
      channels: null,
      name: `rule ${index + 1}`,
      keys: keys?.map((id) => ({ id, name: `key ${id}` })) ?? null,
    })),
  );

/** What the database would hold after a decision was written down. */
function written(firings: Firing[], { fire, deletedKeys, resolve, close }: Decision): Firing[] {
  const over = new Set([...resolve.map(({ firing }) => firing.id), ...close.map(({ id }) => id)]);
  const fresh = [
    ...fire.map(({ rule, assessment, level, isOver }) => ({
      ruleId: rule.id,
      subject: assessment.subject,
      threshold: level.threshold,
      window: assessment.window,
      isOpen: !isOver,
    })),
    ...deletedKeys.map(({ rule, key }) => ({
      ruleId: rule.id,
      subject: `key:${key.id}`,
      ...KEY_DELETED,
      isOpen: true,
    })),
  ];
  return [
    ...firings.map((firing) => (over.has(firing.id) ? { ...firing, isOpen: false } : firing)),
    ...fresh.map((firing, index) => ({ ...firing, id: firings.length + index + 1 })),
  ];
}

const nameOf = ({ ruleId, subject, threshold, window }: Firing) => [ruleId, subject, threshold, window].join("\n");

describe("decide", () => {
  test("a second decision on the same facts notifies of nothing", () => {
    fc.assert(
      fc.property(rules, facts, instant, (list, known, now) => {
        const firings = written([], decide({ rules: list, facts: known, firings: [], now }));
        expect(decide({ rules: list, facts: known, firings, now })).toEqual({
          fire: [],
          resolve: [],
          close: [],
          deletedKeys: [],
        });
      }),
      { numRuns: 500 },
    );
  });

  test("a rule, subject, threshold and window is never fired twice, however facts and clock move", () => {
    fc.assert(
      fc.property(rules, fc.array(fc.tuple(facts, instant), { maxLength: 12 }), (list, story) => {
        let firings: Firing[] = [];
        for (const [known, now] of story)
          firings = written(firings, decide({ rules: list, facts: known, firings, now }));
        const names = firings.map(nameOf);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 300 },
    );
  });

  test("notifies at most once per subject and period, with a valid message", () => {
    fc.assert(
      fc.property(rules, facts, facts, instant, (list, first, second, now) => {
        const before = decide({ rules: list, facts: first, firings: [], now });
        const after = decide({ rules: list, facts: second, firings: written([], before), now });
        for (const decision of [before, after]) {
          const notified = decision.fire.filter(({ isNotified }) => isNotified);
          const subjects = notified.map(
            ({ rule, assessment }) => `${rule.id} ${assessment.subject} ${assessment.period}`,
          );
          expect(new Set(subjects).size).toBe(subjects.length);
          const items = [
            ...notified.map((start) => alertItem(start)),
            ...notified.filter(({ isOver }) => isOver).map(resolvedItem),
            ...decision.resolve.filter(({ isNotified }) => isNotified).map(resolvedItem),
            ...decision.deletedKeys.map(deletedKeyItem),
          ];
          for (const item of items) expect(messageSchema.safeParse(item?.message).error).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("terms of a rule are unchanged by the database and the API", () => {
  fc.assert(
    fc.property(terms, (one) => {
      expect(parseTerms(one.kind, formatTerms(one))).toEqual(one);
      const fields = Object.fromEntries(Object.entries(writeTerms(one)).filter(([, value]) => value !== null));
      expect(readTerms(one.kind, fields)).toEqual(one);
      expect(readTerms(one.kind, {}, fields)).toEqual(one);
    }),
  );
});
