import { expect, test } from "vitest";
import { yearsBetween } from "./collect-data.ts";

test("splits a range into whole years, cut at both ends, within the limit of exports", () => {
  expect(yearsBetween("2024-11-03", "2026-02-01")).toEqual([
    { from: "2024-11-03", through: "2024-12-31" },
    { from: "2025-01-01", through: "2025-12-31" },
    { from: "2026-01-01", through: "2026-02-01" },
  ]);
  expect(yearsBetween("2026-02-01", "2026-02-01")).toEqual([{ from: "2026-02-01", through: "2026-02-01" }]);
});
