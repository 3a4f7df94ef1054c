import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    main: "src/main.ts",
    cli: "src/cli/cli.ts",
    doctor: "src/cli/doctor.ts",
    "reset-password": "src/cli/reset-password.ts",
    "make-administrator": "src/cli/make-administrator.ts",
    backup: "src/cli/backup.ts",
    restore: "src/cli/restore.ts",
    "rotate-keys": "src/cli/rotate-keys.ts",
    "backup-worker": "../../packages/db/src/backup/backup-worker.js",
    "integrity-process": "../../packages/db/src/backup/integrity-process.js",
    "checkpoint-worker": "../../packages/db/src/connections/checkpoint-worker.js",
  },
  // Built beside the folder that runs, then moved there: scripts/build.mjs.
  outDir: process.env.BUILD_FOLDER ?? "dist",
  format: "esm",
  target: "node22",
  platform: "node",
  sourcemap: true,
  clean: true,
  splitting: true,
  noExternal: [/^@orwatch\//],
  external: ["better-sqlite3", /^@prisma\//],
});
