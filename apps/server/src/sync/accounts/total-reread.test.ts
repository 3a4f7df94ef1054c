import { addDays, type Day, listDays } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextPart } from "./total-reread.ts";

const TODAY = "2026-03-11";

describe("nextPart", () => {
  test("rereads nothing while no reread is under way", () => {
    expect(nextPart({ rereadFrom: null, startsNow: false, today: TODAY, intervalMinutes: 60 })).toBeNull();
  });

  test("begins before the last month, with a few days an hour", () => {
    expect(nextPart({ rereadFrom: null, startsNow: true, today: TODAY, intervalMinutes: 60 })).toEqual({
      from: "2026-02-06",
      through: "2026-02-08",
      rereadFrom: "2026-02-06",
    });
  });

  test("reads every day of a year before the last month once within six days, whatever the interval", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 1440 }), (intervalMinutes) => {
        const read: Day[] = [];
        let rereadFrom: Day | null = null;
        const syncs = Math.floor((6 * 1440) / intervalMinutes);
        for (let sync = 0; sync < syncs; sync += 1) {
          const part = nextPart({ rereadFrom, startsNow: sync === 0, today: TODAY, intervalMinutes });
          if (part === null) break;
          read.push(...listDays(part.from, part.through).reverse());
          rereadFrom = part.rereadFrom;
        }
        expect(rereadFrom).toBeNull();
        expect(read).toEqual(listDays(addDays(TODAY, -364), addDays(TODAY, -31)).reverse());
      }),
    );
  });

  test("ends without a request when what is left is no longer kept", () => {
    const part = nextPart({ rereadFrom: addDays(TODAY, -364), startsNow: false, today: TODAY, intervalMinutes: 60 });
    expect(part).toBeNull();
  });
});
