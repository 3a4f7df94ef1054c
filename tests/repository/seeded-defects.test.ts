import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SEEDED_DEFECTS } from "./seeded-defects.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

test.each(SEEDED_DEFECTS)(`"$name" has its code once and a test that must fail`, ({ file, find, tests, noticedBy }) => {
  expect(fs.readFileSync(path.join(ROOT, file), "utf8").split(find)).toHaveLength(2);
  expect(fs.readFileSync(path.join(ROOT, tests), "utf8")).toMatch(noticedBy);
});
