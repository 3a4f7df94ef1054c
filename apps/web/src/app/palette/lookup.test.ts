import { expect, it } from "vitest";
import { matchWords, rangeTarget } from "./lookup.ts";

const COMMANDS = ["Go to Keys", "Add key", "Theme: Dark", "Vai a Attività"];
const found = (typed: string) => COMMANDS.filter((command) => matchWords(command, typed));

it("finds a command by prefixes of its words, in any order, ignoring case and accents", () => {
  expect(found("")).toEqual(COMMANDS);
  expect(found("KEY")).toEqual(["Go to Keys", "Add key"]);
  expect(found("key ad")).toEqual(["Add key"]);
  expect(found("dark")).toEqual(["Theme: Dark"]);
  expect(found("attivita")).toEqual(["Vai a Attività"]);
  expect(found("ey")).toEqual([]);
  expect(found("[.*")).toEqual([]);
  expect(matchWords("Go to Keys", "pages", ["Pages"])).toBe(1);
});

it("changes the range of the current page and keeps its filters, or opens the dashboard", () => {
  const search = { days: 7, start_date: "2026-01-01", end_date: "2026-01-02", model: ["a"], page: 3 };
  expect(rangeTarget({ location: { pathname: "/explore", search }, days: 90 })).toMatchObject({
    isHere: true,
    to: {
      to: "/explore",
      search: { days: 90, model: ["a"], start_date: undefined, end_date: undefined, page: undefined },
    },
  });
  expect(rangeTarget({ location: { pathname: "/keys", search: { page: 2 } }, days: 30 })).toEqual({
    isHere: false,
    to: { to: "/dashboard", search: { days: 30 }, resetScroll: true },
  });
});
