import { expect, test } from "vitest";
import { snippetsFor, wholeUnit } from "./snippets.ts";

test("snippets contain the address of the server and a range", () => {
  const { curl, csv, sdk } = snippetsFor({ origin: "https://w.example", from: "2026-10-24", through: "2026-11-22" });
  for (const snippet of [curl, csv]) {
    expect(snippet).toContain('"https://w.example/api/v1/');
    expect(snippet).toContain("start_date=2026-10-24&end_date=2026-11-22");
    expect(snippet).toContain("$ORWATCH_TOKEN");
  }
  expect(sdk).toContain('baseUrl: "https://w.example"');
});

test("a window is described in its largest whole unit", () => {
  expect(wholeUnit(3600)).toEqual({ unit: "hours", count: 1 });
  expect(wholeUnit(90)).toEqual({ unit: "seconds", count: 90 });
  expect(wholeUnit(900)).toEqual({ unit: "minutes", count: 15 });
});
