import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { VERSION } from "@orwatch/server/platform/installation";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const FOLDERS = [
  ".",
  ...["apps", "packages"].flatMap((name) => readdirSync(path.join(ROOT, name)).map((folder) => `${name}/${folder}`)),
];

test.each(FOLDERS)("%s has the version of the product", (folder) => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, folder, "package.json"), "utf8"));
  expect(version).toBe(VERSION);
});
