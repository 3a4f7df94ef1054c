import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SEEDED_DEFECTS } from "./seeded-defects.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

test.each(SEEDED_DEFECTS)(`the code to break for "$name" occurs once`, ({ file, find, tests }) => {
  expect(fs.readFileSync(path.join(ROOT, file), "utf8").split(find)).toHaveLength(2);
  expect(fs.existsSync(path.join(ROOT, tests))).toBe(true);
});
