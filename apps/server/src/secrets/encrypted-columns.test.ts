import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ENCRYPTED_COLUMNS } from "./encrypted-columns.ts";

test("every encrypted column of the schema is rotated", () => {
  const schema = fs.readFileSync(
    path.resolve(import.meta.dirname, "../../../../packages/db/prisma/schema.prisma"),
    "utf8",
  );
  const found = [...schema.matchAll(/^model \w+ \{$[\s\S]*?^\}$/gm)].flatMap(([model]) => {
    const [, table] = /@@map\("(\w+)"\)/.exec(model) ?? [];
    const lines = model.split("\n");
    return lines.flatMap((line, at) => {
      const [, column] = /@map\("(\w+)"\)/.exec(line) ?? [];
      const isEncrypted =
        /nvelope of the cipher|that waits for its first/.test(lines[at - 1] ?? "") || /_encrypted"/.test(line);
      return column && isEncrypted ? [`${table}.${column}`] : [];
    });
  });
  expect(found.length).toBeGreaterThan(2);
  expect(found.sort()).toEqual(ENCRYPTED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort());
});
