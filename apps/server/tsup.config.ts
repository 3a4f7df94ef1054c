import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/main.ts", "src/reset-password.ts", "../../packages/db/src/copy-worker.js"],
  format: "esm",
  target: "node20",
  platform: "node",
  sourcemap: true,
  clean: true,
  splitting: true,
  noExternal: [/^@orwatch\//],
  external: ["better-sqlite3", /^@prisma\//],
});
