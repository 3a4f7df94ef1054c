import { expect, it } from "vitest";
import type { Overview } from "../../../lib/api/trpc.ts";
import { buildMonth } from "./month-series.ts";

const days = (month: string, costs: (string | null)[]) =>
  costs.map((cost, index) => ({ date: `${month}-${String(index + 1).padStart(2, "0")}`, cost }));

it("has all days of the month, with the same days of a shorter month before", () => {
  const { series, before } = buildMonth({
    start_date: "2026-03-01",
    end_date: "2026-03-31",
    days: days("2026-03", ["1.00", null, "0.00"]),
    previous_days: days(
      "2026-02",
      Array.from({ length: 28 }, (_, index) => `${index}.00`),
    ),
  } as Overview["month"]);
  expect(series).toHaveLength(31);
  expect(series.slice(0, 4)).toEqual([
    { at: "2026-03-01", value: "1.00", parts: [{ id: "total", value: "1.00" }] },
    { at: "2026-03-02", value: null, parts: [] },
    { at: "2026-03-03", value: "0.00", parts: [{ id: "total", value: "0.00" }] },
    { at: "2026-03-04", value: null, parts: [] },
  ]);
  expect(before.slice(26)).toEqual(["26.00", "27.00", null, null, null]);
});
