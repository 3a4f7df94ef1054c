import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const TEXT = fs.readFileSync(path.join(ROOT, "docs/security.md"), "utf8");
const rows = [...TEXT.matchAll(/^\| (\d+\.\d+\.\d+) +\|(.+)\|(.+)\|$/gm)].map(([, item, how, shown]) => ({
  item: item ?? "",
  how: how ?? "",
  shown: (shown ?? "").trim(),
}));

test("docs/security.md lists each item once, with a test or a gap", () => {
  expect(rows.length).toBeGreaterThan(60);
  expect(new Set(rows.map(({ item }) => item)).size).toBe(rows.length);
  for (const { item, how, shown } of rows) {
    if (shown === "gap") expect(how, item).toContain("Gap:");
    else expect(shown, item).toMatch(/^`[^`]+`: "[^"]+"$/);
    if (how.includes("Gap")) expect(TEXT, `${item} stands under Gaps`).toContain(`\n- ${item}:`);
  }
});

test.each(rows.filter(({ shown }) => shown !== "gap"))("the test named for $item exists", ({ shown }) => {
  const [, file = "", title = ""] = /^`([^`]+)`: "([^"]+)"$/.exec(shown) ?? [];
  expect(fs.readFileSync(path.join(ROOT, file), "utf8")).toContain(title);
});
