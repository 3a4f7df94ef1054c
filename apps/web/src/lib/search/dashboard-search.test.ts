import { describe, expect, it } from "vitest";
import { dashboardSearch, toDashboardInput } from "./dashboard-search.ts";
import { unreadFilters } from "./unread-filters.ts";

const inputOf = (search: object) => toDashboardInput(dashboardSearch.parse(search));

describe("the address of the dashboard", () => {
  it("defaults to the last 30 days when empty or invalid", () => {
    expect(inputOf({})).toEqual({ days: 30 });
    expect(inputOf({ days: "soon", api_key_id: "x", model: 7 })).toEqual({ days: 30 });
    expect(inputOf({ days: 4000 })).toEqual({ days: 30 });
  });

  it("accepts a range only in order and within the limit", () => {
    expect(inputOf({ start_date: "2026-01-01", end_date: "2026-01-31" })).toEqual({
      start_date: "2026-01-01",
      end_date: "2026-01-31",
    });
    expect(inputOf({ start_date: "2026-02-30", end_date: "2026-03-01" })).toEqual({ days: 30 });
    expect(inputOf({ start_date: "2026-03-01", end_date: "2026-01-01" })).toEqual({ days: 30 });
    expect(inputOf({ start_date: "2024-01-01", end_date: "2026-01-01", days: 7 })).toEqual({ days: 7 });
  });

  it("reports unknown or unreadable filters", () => {
    expect(unreadFilters({ days: 7, by: "key", sort: "-cost", page: 2, api_key_id: [1], model: "a" })).toEqual([]);
    expect(unreadFilters({ models: ["a"], api_key_id: "x", exclude_model: [] })).toEqual([
      "models",
      "api_key_id",
      "exclude_model",
    ]);
    expect(unreadFilters({ model: "" })).toEqual(["model"]);
    expect(unreadFilters({ model: undefined })).toEqual([]);
  });

  it("reads a single filter as a list", () => {
    expect(inputOf({ days: 7, api_key_id: 3, model: "a/b" })).toEqual({ days: 7, api_key_id: [3], model: ["a/b"] });
    expect(inputOf({ api_key_id: [1, 2] })).toEqual({ days: 30, api_key_id: [1, 2] });
  });
});
