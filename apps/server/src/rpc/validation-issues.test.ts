import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { describeIssues, findFlaw, toIssues } from "./validation-issues.ts";

const issuesOf = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : toIssues(parsed.error);
};

test("describes missing values and values that are not numbers", () => {
  const schema = z.object({
    name: z.string(),
    count: z.coerce.number().int(),
    list: z.array(z.object({ id: z.int() })),
  });
  expect(issuesOf(schema, { count: "x", list: [{ id: "1" }] })).toEqual([
    { path: "name", message: "is missing" },
    { path: "count", message: "must be a whole number" },
    { path: "list.0.id", message: "must be a whole number" },
  ]);
});

test("keeps other messages of the schema", () => {
  expect(issuesOf(z.string().max(3, "is too long"), "abcd")).toEqual([{ path: "", message: "is too long" }]);
  expect(issuesOf(z.boolean(), "x")[0]?.message).toContain("boolean");
});

test("summarizes the first issue and the number of others", () => {
  const issue = { path: "a.b", message: "is wrong" };
  expect(describeIssues([])).toBe("The request is not valid.");
  expect(describeIssues([{ path: "", message: "Unrecognized key" }])).toBe("Unrecognized key");
  expect(describeIssues([issue, issue, issue])).toBe("a.b: is wrong (and 2 more)");
});

test("finds NUL, lone surrogates and deep nesting anywhere", () => {
  expect(findFlaw({ a: { b: ["x", "y\0"] } })).toEqual({ path: "a.b.1", message: "contains a NUL character" });
  expect(findFlaw(["\ud800"])?.message).toContain("surrogate");
  expect(findFlaw({ "a\udc00": 1 })?.message).toContain("name");
  const nested = JSON.parse(`${"[".repeat(30_000)}${"]".repeat(30_000)}`);
  expect(findFlaw(nested)?.message).toContain("nested");
});

test("accepts any other JSON", () => {
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
