import { message } from "@orwatch/messages/message";
import { expect, test } from "vitest";
import { describeUnknown, findNearest } from "./nearest-name.ts";

const KNOWN = ["days", "start_date", "end_date", "api_key_id", "model", "exclude_api_key_id", "exclude_model"];

test.each([
  ["models", "model"],
  ["Model", "model"],
  ["mdoel", "model"],
  ["model[x]", "model"],
  ["key_id", "api_key_id"],
  ["apiKeyId", "api_key_id"],
  ["exclude-models", "exclude_model"],
  ["startDate", "start_date"],
  ["day", "days"],
])("suggests for %s: %s", (unknown, nearest) => expect(findNearest(unknown, KNOWN)).toBe(nearest));

test.each(["offset", "q", "", "[]", "zzzzzzzzzz", "x".repeat(10_000)])("suggests nothing for %s", (unknown) =>
  expect(findNearest(unknown, KNOWN)).toBeNull(),
);

test("truncates a long name in its message", () => {
  expect(JSON.stringify(describeUnknown("x".repeat(10_000), KNOWN)).length).toBeLessThan(300);
  expect(describeUnknown("x", [])).toEqual(message("parameter_unknown_of", { parameter: "x", known: null }));
});
