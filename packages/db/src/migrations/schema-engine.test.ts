import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeScratch, type Scratch } from "../test-support.ts";
import { listMigrations, openEngine } from "./schema-engine.ts";

let scratch: Scratch;
beforeEach(() => {
  scratch = makeScratch();
});
afterEach(() => scratch.remove());

async function differenceTo(schemaFile: string): Promise<string | null> {
  const engine = await openEngine({ url: `file:${scratch.file}`, ...scratch.options, schemaFile });
  try {
    await engine.apply();
    return await engine.difference();
  } finally {
    await engine.close();
  }
}

test("the migrations create exactly the schema", async () => {
  expect(await differenceTo(scratch.options.schemaFile)).toBeNull();
});

test("reports a model without a migration as SQL", async () => {
  const schemaFile = path.join(scratch.folder, "schema.prisma");
  const schema = fs.readFileSync(scratch.options.schemaFile, "utf8");
  fs.writeFileSync(schemaFile, `${schema}\nmodel Note {\n  id Int @id\n  @@map("notes")\n}\n`);
  expect(await differenceTo(schemaFile)).toContain('CREATE TABLE "notes"');
});

test("reads an empty or missing migrations folder as no migrations", () => {
  expect(listMigrations(path.join(scratch.folder, "nowhere"))).toEqual([]);
  fs.writeFileSync(path.join(scratch.options.migrationsFolder, "README"), "not a migration");
  expect(listMigrations(scratch.options.migrationsFolder)).not.toContain("README");
});
