import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type ChangeParts, type ItemChange, type ItemUsage, PARTS, splitChange } from "./split-change.ts";

let split = 0;
afterAll(() => void process.stdout.write(`changes: ${split} changes split\n`));

const none: ItemUsage = { cost: 0n, requests: 0n, tokens: 0n };
const usage = (requests: number, tokensEach: number, nanosPerToken: number): ItemUsage => ({
  requests: BigInt(requests),
  tokens: BigInt(requests * tokensEach),
  cost: BigInt(requests * tokensEach * nanosPerToken),
});
const noParts: ChangeParts = { volume: 0n, size: 0n, price: 0n, mix: 0n };
const sumOf = (parts: ChangeParts) => PARTS.reduce((sum, name) => sum + parts[name], 0n);
const changeOf = (items: ItemChange[]) => items.reduce((sum, { before, after }) => sum + after.cost - before.cost, 0n);

/** Corrections by OpenRouter can be negative. */
const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 15n });
const used = fc.record({
  cost: amount,
  requests: fc.bigInt({ min: 1n, max: 10n ** 9n }),
  tokens: fc.bigInt({ min: 0n, max: 10n ** 13n }),
});
const side: fc.Arbitrary<ItemUsage> = fc.oneof({ weight: 4, arbitrary: used }, fc.constant(none));
const changes = fc.array(fc.record({ before: side, after: side }), { maxLength: 8 });

test("parts sum to the change, to the nano-dollar", () => {
  fc.assert(
    fc.property(changes, (items) => {
      split += 1;
      expect(sumOf(splitChange(items) as ChangeParts)).toBe(changeOf(items));
    }),
    { numRuns: 2000 },
  );
});

test("swapping before and after changes only the sign of the parts", () => {
  fc.assert(
    fc.property(changes, (items) => {
      split += 2;
      const back = splitChange(items.map(({ before, after }) => ({ before: after, after: before }))) as ChangeParts;
      const there = splitChange(items) as ChangeParts;
      for (const name of PARTS) expect(back[name] + there[name]).toBe(0n);
    }),
    { numRuns: 1000 },
  );
});

test("without a change every part is 0", () => {
  fc.assert(
    fc.property(fc.array(side, { maxLength: 8 }), (sides) => {
      split += 1;
      expect(splitChange(sides.map((same) => ({ before: same, after: same })))).toEqual(noParts);
    }),
    { numRuns: 500 },
  );
});

test("the order of the items does not matter", () => {
  fc.assert(
    fc.property(changes, (items) => {
      split += 2;
      expect(splitChange(items.toReversed())).toEqual(splitChange(items));
    }),
    { numRuns: 500 },
  );
});

test("twice the requests at the same mix is volume only", () => {
  const items = [
    { before: usage(10, 300, 7), after: usage(20, 300, 7) },
    { before: usage(5, 90, 1000), after: usage(10, 90, 1000) },
  ];
  expect(splitChange(items)).toEqual({ ...noParts, volume: changeOf(items) });
});

test("longer requests are size only, a higher price is price only", () => {
  const longer = [{ before: usage(10, 300, 7), after: usage(10, 450, 7) }];
  expect(splitChange(longer)).toEqual({ ...noParts, size: 10n * 150n * 7n });
  const dearer = [{ before: usage(10, 300, 7), after: usage(10, 300, 9) }];
  expect(splitChange(dearer)).toEqual({ ...noParts, price: 10n * 300n * 2n });
});

test("the same requests on a more expensive model are mix only", () => {
  const items = [
    { before: usage(10, 300, 7), after: none },
    { before: none, after: usage(10, 300, 70) },
  ];
  expect(splitChange(items)).toEqual({ ...noParts, mix: 10n * 300n * 63n });
});

test("the first usage of an entity is volume only", () => {
  const items = [{ before: none, after: usage(10, 300, 7) }];
  expect(splitChange(items)).toEqual({ ...noParts, volume: 10n * 300n * 7n });
});

test("models without tokens have a price per request", () => {
  const image = (requests: bigint, nanosEach: bigint) => ({ requests, tokens: 0n, cost: requests * nanosEach });
  expect(splitChange([{ before: image(4n, 40n), after: image(4n, 50n) }])).toEqual({ ...noParts, price: 40n });
});

test("is null if a count is unknown, or if there is cost without requests", () => {
  const known = { before: usage(10, 300, 7), after: usage(10, 450, 7) };
  for (const unknown of [
    { cost: 5n, requests: null, tokens: 10n },
    { cost: 5n, requests: 1n, tokens: null },
    { cost: 5n, requests: 0n, tokens: 0n },
  ]) {
    expect(splitChange([known, { before: none, after: unknown }])).toBeNull();
    expect(splitChange([known, { before: unknown, after: none }])).toBeNull();
  }
});

test("without usage there is nothing to split", () => {
  expect(splitChange([])).toEqual(noParts);
  expect(splitChange([{ before: none, after: none }])).toEqual(noParts);
});

test("in random histories with one planted cause, it is the largest part of the change", () => {
  // One factor changes by half, the others by at most a twentieth.
  const item = fc.record({
    requests: fc.integer({ min: 1_000, max: 100_000 }),
    tokens: fc.integer({ min: 100, max: 5_000 }),
    nanos: fc.integer({ min: 100, max: 50_000 }),
    noise: fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 3, maxLength: 3 }),
  });
  let [found, tried] = [0, 0];
  fc.assert(
    fc.property(
      fc.array(item, { minLength: 1, maxLength: 8 }),
      fc.constantFrom("volume", "size", "price"),
      (items, cause) => {
        const grow = (value: number, noise: number, isCause: boolean) =>
          Math.max(1, Math.round(value * (1 + noise) * (isCause ? 1.5 : 1)));
        const parts = splitChange(
          items.map(({ requests, tokens, nanos, noise }) => ({
            before: usage(requests, tokens, nanos),
            after: usage(
              grow(requests, noise[0] as number, cause === "volume"),
              grow(tokens, noise[1] as number, cause === "size"),
              grow(nanos, noise[2] as number, cause === "price"),
            ),
          })),
        ) as ChangeParts;
        const size = (name: keyof ChangeParts) => (parts[name] < 0n ? -parts[name] : parts[name]);
        tried += 1;
        if (PARTS.every((name) => name === cause || size(name) < size(cause))) found += 1;
      },
    ),
    { numRuns: 1000, seed: 17 },
  );
  split += tried;
  expect(found / tried).toBeGreaterThanOrEqual(0.95);
});
