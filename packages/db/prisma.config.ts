import { defineConfig } from "prisma/config";

// Every Prisma command insists on a schema-engine binary and would download one; only `migrate` and `db` run it.
// The others get a file that exists, so that generating the client needs no network.
const runsTheEngine = process.argv.some((argument) => argument === "migrate" || argument === "db");
if (!runsTheEngine) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "file:./dev.db" },
});
