import { type AnyMessage, message } from "@orwatch/messages/message";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { findFlaw, issueText, summarizeIssues, toIssues } from "./validation-issues.ts";

const issuesOf = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : toIssues(parsed.error);
};

describe("toIssues", () => {
  test.each<[string, z.ZodType, unknown, AnyMessage]>([
    ["a missing field", z.string(), undefined, message("field_missing", {})],
    ["an empty text", z.string().min(1), "", message("field_missing", {})],
    ["a short text", z.string().min(12), "x", message("field_too_short", { limit: 12 })],
    ["a long text", z.string().max(3), "abcd", message("field_too_long", { limit: 3 })],
    ["no number", z.coerce.number().int(), "x", message("field_not_whole_number", {})],
    ["a small number", z.int().min(1), 0, message("field_too_small", { limit: 1 })],
    ["a large number", z.int().max(100), 101, message("field_too_large", { limit: 100 })],
    ["an empty list", z.array(z.int()).min(1), [], message("field_empty_list", {})],
    ["a long list", z.array(z.int()).max(1), [1, 2], message("field_too_many", { limit: 1 })],
    ["another type", z.boolean(), "x", message("field_wrong_type", { expected: "boolean" })],
    ["another value", z.enum(["csv", "json"]), "xml", message("field_not_allowed", { allowed: ["csv", "json"] })],
    ["no email address", z.email(), "x", message("field_not_email", {})],
    ["a wrong format", z.string().regex(/^a$/), "b", message("field_wrong_format", {})],
    [
      "a text of the schema",
      z.string().max(3, "is no colour"),
      "abcd",
      message("field_invalid", { text: "is no colour" }),
    ],
    [
      "a message of the schema",
      z.string().refine(() => false, issueText(message("field_holds_secret", {}))),
      "x",
      message("field_holds_secret", {}),
    ],
  ])("toIssues returns the reason of %s", (_, schema, input, reason) => {
    expect(issuesOf(z.object({ a: schema }), { a: input })).toEqual([{ path: "a", reason }]);
  });

  test("toIssues names each unknown field, with the known one it resembles", () => {
    expect(issuesOf(z.strictObject({ model: z.string() }), { model: "a", modle: 1, "{}": 2 })).toEqual([
      { path: "modle", reason: message("parameter_unknown", { parameter: "modle", nearest: "model" }) },
      { path: "{}", reason: message("parameter_unknown_of", { parameter: "{}", known: ["model"] }) },
    ]);
  });

  test("toIssues joins the names of nested fields by dots", () => {
    const schema = z.object({ list: z.array(z.object({ id: z.int() })) });
    expect(issuesOf(schema, { list: [{ id: "1" }] })).toMatchObject([{ path: "list.0.id" }]);
  });
});

test("summarizeIssues shows the first issue and counts the others", () => {
  const issue = { path: "a.b", reason: message("field_missing", {}) };
  expect(summarizeIssues([])).toEqual(message("request_invalid", {}));
  expect(summarizeIssues([issue, issue, issue])).toEqual(
    message("invalid_request", { path: "a.b", issue: issue.reason, more: 2 }),
  );
});

test("rejects NUL, lone surrogates and deep nesting at any depth", () => {
  expect(findFlaw({ a: { b: ["x", "y\0"] } })).toEqual({ path: "a.b.1", reason: message("field_nul_character", {}) });
  expect(findFlaw(["\ud800"])?.reason).toEqual(message("field_broken_text", {}));
  expect(findFlaw({ "a\udc00": 1 })?.reason).toEqual(message("field_name_broken", {}));
  const nested = JSON.parse(`${"[".repeat(30_000)}${"]".repeat(30_000)}`);
  expect(findFlaw(nested)?.reason).toEqual(message("field_nested_too_deep", { limit: 20 }));
});

test("accepts all other JSON", () => {
  let tries = 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 10, stringUnit: "grapheme" }), (value) => {
      tries += 1;
      if (!JSON.stringify(value).includes("\\u0000")) expect(findFlaw(value)).toBeNull();
    }),
  );
  process.stdout.write(`findFlaw: ${tries} values\n`);
  expect(findFlaw("😀 \ufeff \u202e")).toBeNull();
});
