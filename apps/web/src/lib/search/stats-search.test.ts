import { expect, test } from "vitest";
import {
  excelHref,
  exportHref,
  groupsOf,
  orderOf,
  statsSearch,
  toStatsQuestion,
  toTableInput,
} from "./stats-search.ts";

const TODAY = "2026-11-22";
const question = (search: object) => toStatsQuestion(statsSearch.parse(search), TODAY);

test("defaults to the last 30 days by day, newest first", () => {
  expect(toTableInput(statsSearch.parse({}), TODAY)).toEqual({
    start_date: "2026-10-24",
    end_date: TODAY,
    group_by: ["day"],
    page: 1,
    details: false,
  });
  expect(orderOf(question({}))).toEqual({ column: "date", descending: true });
  expect(orderOf(question({ group_by: ["model"] }))).toEqual({ column: "cost", descending: true });
});

test("invalid values in the address fall back to defaults", () => {
  expect(question({ group_by: "year", sort: "drop", page: -1, exclude_model: 7, days: "x" })).toEqual(question({}));
  expect(question({ group_by: ["week", "day"] }).group_by).toEqual(["day"]);
  expect(groupsOf(statsSearch.parse({ group_by: ["model", "key", "month"] }))).toEqual(["month", "key", "model"]);
  expect(question({ group_by: ["model"], sort: "-date" })).not.toHaveProperty("sort");
  expect(question({ group_by: ["day"], sort: "key" })).not.toHaveProperty("sort");
});

test("the file for Excel has the separators of the language, and a key column when there are several", () => {
  const asked = question({ group_by: ["day"] });
  const queryOf = (locale: string, hasSeveralKeys: boolean) => {
    const query = new URLSearchParams(excelHref(asked, { locale, hasSeveralKeys }).split("?")[1]);
    return [query.getAll("group_by").join(), query.get("separator"), query.get("decimal"), query.get("bom")];
  };
  expect(queryOf("en-US", false)).toEqual(["day", null, null, "true"]);
  expect(queryOf("it-IT", true)).toEqual(["day,key", "semicolon", "comma", "true"]);
});

test("the export has the same filters, with repeated lists", () => {
  const asked = question({
    start_date: "2026-01-01",
    end_date: "2026-01-31",
    model: ["a/b&c", "d"],
    exclude_api_key_id: [3],
    group_by: ["month", "model"],
    sort: "-cost",
    page: 4,
  });
  const [path, query] = exportHref(asked, "csv").split("?");
  expect(path).toBe("/api/usage/export.csv");
  expect([...new URLSearchParams(query)]).toEqual([
    ["start_date", "2026-01-01"],
    ["end_date", "2026-01-31"],
    ["model", "a/b&c"],
    ["model", "d"],
    ["exclude_api_key_id", "3"],
    ["group_by", "month"],
    ["group_by", "model"],
    ["sort", "-cost"],
  ]);
});
