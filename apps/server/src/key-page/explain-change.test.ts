import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainChange } from "./explain-change.ts";

const usage = (cost: bigint, requests: bigint, tokens: bigint) => ({ cost, requests, tokens });

describe("explaining a change of cost", () => {
  test.each([
    ["more requests", usage(20n, 20n, 2000n), { requests: 10n, size: 0n, price: 0n }],
    ["larger requests", usage(20n, 10n, 2000n), { requests: 0n, size: 10n, price: 0n }],
    ["a higher price", usage(20n, 10n, 1000n), { requests: 0n, size: 0n, price: 10n }],
    ["fewer requests at a higher price", usage(15n, 5n, 500n), { requests: -5n, size: 0n, price: 10n }],
  ])("names %s", (_, after, parts) => {
    expect(explainChange(usage(10n, 10n, 1000n), after)).toEqual(parts);
  });

  test("is null without requests or tokens on either side", () => {
    const some = usage(10n, 10n, 1000n);
    for (const none of [usage(10n, 0n, 1000n), usage(10n, 10n, 0n)]) {
      expect(explainChange(none, some)).toBeNull();
      expect(explainChange(some, none)).toBeNull();
    }
  });

  test("parts sum to the change to the nano, also with refunds", () => {
    const amounts = fc.record({
      cost: fc.bigInt(-(10n ** 15n), 10n ** 15n),
      requests: fc.bigInt(1n, 10n ** 9n),
      tokens: fc.bigInt(1n, 10n ** 12n),
    });
    fc.assert(
      fc.property(amounts, amounts, (before, after) => {
        const parts = explainChange(before, after);
        expect(parts && parts.requests + parts.size + parts.price).toBe(after.cost - before.cost);
      }),
    );
  });
});
