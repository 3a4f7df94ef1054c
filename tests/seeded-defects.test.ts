import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SEEDED_DEFECTS } from "./support/seeded-defects.ts";

const at = (file: string) => path.resolve(import.meta.dirname, "..", file);

test.each(SEEDED_DEFECTS)("the defect “$name” still finds what it breaks, once, and the file of its test", (defect) => {
  expect(readFileSync(at(defect.file), "utf8").split(defect.find)).toHaveLength(2);
  expect(existsSync(at(defect.tests))).toBe(true);
});

test("no two defects have one name, by which they are run", () => {
  expect(new Set(SEEDED_DEFECTS.map(({ name }) => name)).size).toBe(SEEDED_DEFECTS.length);
});
