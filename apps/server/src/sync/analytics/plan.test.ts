import { addDays, daysBetween, listDays } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { halve, planWindow } from "./plan.ts";

const TODAY = "2026-03-11";

describe("planWindow", () => {
  test("requests 365 days including today at first", () => {
    expect(planWindow({ watermark: null, monthResyncedOn: null, yearResyncedOn: null }, TODAY)).toEqual({
      from: "2025-03-12",
      through: TODAY,
      reach: "year",
    });
  });

  test("after the first sync requests three days back, or from the watermark when that is earlier", () => {
    const progress = { watermark: TODAY, monthResyncedOn: TODAY, yearResyncedOn: TODAY };
    expect(planWindow(progress, TODAY)).toEqual({ from: "2026-03-08", through: TODAY, reach: "recent" });
    expect(planWindow({ ...progress, watermark: "2026-03-01" }, TODAY).from).toBe("2026-03-01");
  });

  test("requests 31 days once a day and 365 once a week", () => {
    const progress = { watermark: TODAY, monthResyncedOn: "2026-03-10", yearResyncedOn: "2026-03-05" };
    expect(planWindow(progress, TODAY)).toEqual({ from: "2026-02-09", through: TODAY, reach: "month" });
    expect(planWindow({ ...progress, yearResyncedOn: "2026-03-04" }, TODAY).reach).toBe("year");
  });

  test("never requests more than 365 days", () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(40), fc.nat(6), (watermark, month, year) => {
        const plan = planWindow(
          {
            watermark: addDays(TODAY, -watermark),
            monthResyncedOn: addDays(TODAY, -month),
            yearResyncedOn: addDays(TODAY, -year),
          },
          TODAY,
        );
        expect(daysBetween(plan.from, plan.through)).toBeLessThan(365);
        expect(daysBetween(plan.from, plan.through)).toBeGreaterThanOrEqual(3);
        expect(plan.through).toBe(TODAY);
      }),
    );
  });
});

describe("halve", () => {
  test("the halves of a window cover it without gap or overlap, the newer one first", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), (length) => {
        const window = { from: TODAY, through: addDays(TODAY, length - 1) };
        const halves = halve(window) ?? [];
        expect(halves.toReversed().flatMap(({ from, through }) => listDays(from, through))).toEqual(
          listDays(window.from, window.through),
        );
      }),
    );
  });

  test("a single day cannot be halved", () => {
    expect(halve({ from: TODAY, through: TODAY })).toBeNull();
  });
});
