import fc from "fast-check";
import { expect, test } from "vitest";
import type { Column } from "./columns.ts";
import { createFormatter, csvText } from "./export.ts";

const columns: Column[] = [
  { name: "n", kind: "integer" },
  { name: "cost", kind: "money" },
  { name: "model", kind: "text" },
  { name: "at", kind: "instant" },
];
const rows = [
  [1n, 2_835n, "=a", "2026-03-10T12:00:00.000+00:00"],
  [null, -125_500_000_000n, 'x,"y"', "2026-03-10T12:00:00Z"],
];

test("CSV has a header, CRLF, quotes where needed and empty cells for unknown values", () => {
  const { head, rows: write, tail } = createFormatter("csv", columns);
  expect(head + write(rows) + write([]) + tail).toBe(
    "n,cost,model,at\r\n1,0.000002835,'=a,2026-03-10T12:00:00.000Z\r\n" +
      ',-125.50,"x,""y""",2026-03-10T12:00:00.000Z\r\n',
  );
});

test("JSON is one array over any number of chunks", () => {
  for (const chunks of [[], [[]], [rows], [rows, [], rows]]) {
    const { head, rows: write, tail } = createFormatter("json", columns);
    const parsed = JSON.parse(head + chunks.map(write).join("") + tail);
    expect(parsed).toHaveLength(chunks.flat().length);
    if (chunks.flat().length > 0)
      expect(parsed[1]).toEqual({ n: null, cost: "-125.50", model: 'x,"y"', at: "2026-03-10T12:00:00.000Z" });
  }
});

test("no text starts a formula, and every text can be parsed back", () => {
  let tries = 0;
  const read = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.string().map((text) => `=${text}`),
        fc.constantFrom("\t=1", "\r=1", "-1", "@x", "＝1"),
      ),
      (text) => {
        tries += 1;
        const value = read(csvText(text));
        expect(value.replace(/^'/, "")).toBe(text.replace(/^'/, ""));
        expect(value).not.toMatch(/^[=+\-@\t\r]/);
      },
    ),
  );
  process.stdout.write(`csvText: ${tries} texts\n`);
});
