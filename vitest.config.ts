import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { seedDefect } from "./tests/support/seed-defect.ts";

/** Code that forgets its time zone fails loudly here (UTC+05:45) instead of passing by luck. */
process.env.TZ = "Asia/Kathmandu";

/** They measure this process, so they have one of their own. */
const MEASURED = ["tests/export-large.test.ts", "tests/limits.test.ts"];

const integration = {
  setupFiles: ["tests/support/silence.ts", "tests/support/keep-secrets.ts"],
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  test: {
    // Vitest leaves a core to the terminal; on a small machine that is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        plugins: [seedDefect()],
        test: {
          name: "unit",
          include: ["apps/*/src/**/*.test.{ts,tsx}", "packages/*/src/**/*.test.ts", "scripts/**/*.test.ts"],
          setupFiles: ["tests/support/silence.ts"],
        },
      },
      {
        plugins: [seedDefect()],
        test: {
          ...integration,
          name: "integration",
          include: ["tests/*.test.ts"],
          exclude: MEASURED,
          // Nothing of the server is kept but by its App, so the files of one worker share what they import: that is half of their time.
          isolate: false,
        },
      },
      { test: { ...integration, name: "integration-alone", include: MEASURED } },
    ],
    coverage: {
      provider: "v8",
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "coverage",
      include: ["apps/server/src/**/*.ts", "packages/*/src/**/*.ts"],
      exclude: [
        "**/generated/**",
        "**/*.test.ts",
        "apps/server/src/{main,command,reset-password,backup,restore,rotate-keys}.ts",
      ],
      reportOnFailure: true,
      thresholds: { lines: 90, branches: 90 },
    },
  },
});
