import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DETAIL_NAMES, type UsageDetails } from "../../openrouter/usage-details.ts";
import { details } from "../../stats/test-support/random-usage.ts";
import { addTeam, NOW, openScratch, type Scratch, TODAY } from "../../stats/test-support/scratch.ts";
import { book } from "../record-findings.ts";
import { DETAIL_COLUMNS, type DetailColumns, toDetails } from "./detail-columns.ts";

const RUNS = Number(process.env.DETAIL_RUNS ?? 40);

let scratch: Scratch;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.remove());

/** Few amounts, so that many responses repeat them. */
const response = fc.record({ cost: fc.bigInt({ min: 1n, max: 2n }), requests: fc.constantFrom(1, 2), details });

const isKnown = (value: unknown) => value !== null;

test("unknown details stay unknown, and known ones stay until the amounts of their row change", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(response, { minLength: 1, maxLength: 12 }), async (responses) => {
      const { teamId, keyIds } = await addTeam(scratch, 1);
      const apiKeyId = keyIds[0] as number;
      let before: (typeof responses)[number] | null = null;
      for (const { cost, requests, details } of responses) {
        const row = {
          date: TODAY,
          model: "a/b",
          cost,
          byokCost: 0n,
          requests,
          tokensInput: 1,
          tokensOutput: 1,
          details,
        };
        await scratch.db.write((connection) =>
          book(connection, {
            ...{ apiKeyId, teamId, now: NOW, oldestDay: null, poll: null },
            analytics: { days: [TODAY], rows: [row] },
          }),
        );
        const isSame: boolean = before !== null && before.cost === cost && before.requests === requests;
        const known = Object.entries(details).filter(([, value]) => isKnown(value));
        const expected = (isSame ? { ...before?.details, ...Object.fromEntries(known) } : details) as UsageDetails;
        const stored = scratch.db.reader
          .prepare(`SELECT ${DETAIL_COLUMNS.join(", ")} FROM usage_stats WHERE api_key_id = ?`)
          .safeIntegers(true)
          .all(apiKeyId) as DetailColumns[];
        expect(stored.map(toDetails)).toEqual([expected]);
        before = { cost, requests, details: expected };
      }
      expect(DETAIL_NAMES.length).toBe(DETAIL_COLUMNS.length);
    }),
    { numRuns: RUNS },
  );
});
