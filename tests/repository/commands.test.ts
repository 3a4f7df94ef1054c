import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (name: string) => fs.readFileSync(path.join(ROOT, name), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...fs.readdirSync(path.join(ROOT, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];

test.each(DOCUMENTS)("every command named in %s exists", (name) => {
  const named = [...read(name).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, command]) => command ?? "");
  for (const command of named) expect(Object.keys(scripts), command).toContain(command);
});

test("every script of a command exists", () => {
  for (const [command, line] of Object.entries(scripts))
    for (const [file] of line.matchAll(/\b(?:scripts|tests)\/[\w./-]+/g))
      expect(fs.existsSync(path.join(ROOT, file)), `${command}: ${file}`).toBe(true);
});
