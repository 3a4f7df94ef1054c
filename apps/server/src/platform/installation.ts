import fs from "node:fs";
import path from "node:path";

/** Root of the repository: the nearest folder above that holds the database's schema. The bundles in `dist/` are less deep than the sources. */
function findRoot(folder: string): string {
  if (fs.existsSync(path.join(folder, "packages/db/prisma"))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error("packages/db/prisma was not found above the server's files");
  return findRoot(parent);
}

export const ROOT = findRoot(import.meta.dirname);
const PRISMA = path.join(ROOT, "packages/db/prisma");
export const SCHEMA_FILE = path.join(PRISMA, "schema.prisma");
export const MIGRATIONS_FOLDER = path.join(PRISMA, "migrations");

/** Version of the product, from the package.json that the server is deployed with. */
export const VERSION: string = JSON.parse(fs.readFileSync(path.join(ROOT, "apps/server/package.json"), "utf8")).version;
