import path from "node:path";

/** Root of the repository: src/ and dist/ lie side by side, so the way is the same from both. */
export const ROOT = path.resolve(import.meta.dirname, "../../..");
const PRISMA = path.join(ROOT, "packages/db/prisma");
export const SCHEMA_FILE = path.join(PRISMA, "schema.prisma");
export const MIGRATIONS_FOLDER = path.join(PRISMA, "migrations");
