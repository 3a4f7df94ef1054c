import { expect, test } from "vitest";
import { usageAddress } from "./usage-address.ts";

const days = { start_date: "2026-03-01", end_date: "2026-03-10" };

test("the address of usage has its days, keys and team", () => {
  expect(usageAddress({ ...days, api_key_ids: null })).toBe("/explore?start_date=2026-03-01&end_date=2026-03-10");
  expect(usageAddress({ ...days, api_key_ids: [7, 8] }, 3)).toBe(
    "/explore?start_date=2026-03-01&end_date=2026-03-10&api_key_id=%5B7%2C8%5D&team=3",
  );
});
