import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { seedDefect } from "./tests/repository/seeded-defects.ts";

/** Code that forgets its time zone fails loudly here (UTC+05:45) instead of passing by luck. */
process.env.TZ = "Asia/Kathmandu";

/** Half a minute each: one of them begun last would leave the other worker idle. */
const SLOW =
  /\/(export-large|rest-fuzz|random-events|random-memberships|request-budget|scale|consumer|clients|kills)\.test\.ts$/;

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [true, false].flatMap((isSlow) => sorted.filter(({ moduleId }) => SLOW.test(moduleId) === isSlow));
  }
}

/** They measure their process or migrate in it, so each has its own process. */
const ALONE = ["tests/{stats/export-large,http/connection-limits,operations/upgrade,resilience/kills}.test.ts"];
/**
 * Files, threads and processes of a real database. They migrate several times in one process, after which Prisma's engine fails with
 * memory errors, so each has its own process.
 */
const DATABASE = ["packages/db/src/**/*.test.ts"];

/**
 * The files of one worker share what they import, which was a third of the time: nothing of the server is kept but by its App.
 * A worker is kept for the next file of the same project only, so those of a project come one after the other.
 */
const shared = { isolate: false };

const TEMPLATE = ["tests/setup/migrated-template.ts"];

const unit = {
  globalSetup: TEMPLATE,
  setupFiles: ["tests/setup/silence.ts"],
  // Property tests and disk writes take longer than the defaults on a busy machine.
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

const integration = {
  globalSetup: TEMPLATE,
  setupFiles: ["tests/setup/silence.ts", "tests/setup/keep-secrets.ts"],
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  test: {
    // The cache knows nothing of a defect that is seeded while a module is loaded.
    fsModuleCache: !process.env.SEEDED_DEFECT,
    sequence: { sequencer: SlowFirst },
    // Vitest leaves a core to the terminal; on a small machine that is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        plugins: [seedDefect()],
        test: {
          ...shared,
          ...unit,
          name: "unit",
          include: ["apps/*/src/**/*.test.{ts,tsx}", "packages/*/src/**/*.test.ts", "tests/repository/*.test.ts"],
          exclude: DATABASE,
        },
      },
      { plugins: [seedDefect()], test: { ...unit, name: "database", include: DATABASE } },
      {
        plugins: [seedDefect()],
        test: {
          ...shared,
          ...integration,
          name: "integration",
          sequence: { groupOrder: 1 },
          include: ["tests/*/*.test.ts"],
          exclude: [...ALONE, "tests/repository/**"],
        },
      },
      {
        plugins: [seedDefect()],
        // They measure memory: with the flags that `npm start` gives the server.
        test: {
          ...integration,
          name: "integration-alone",
          include: ALONE,
          execArgv: ["--expose-gc", "--max-semi-space-size=2"],
        },
      },
    ],
    coverage: {
      provider: "v8",
      reporter: ["text-summary"],
      reportsDirectory: "coverage",
      include: ["apps/server/src/**/*.ts", "packages/*/src/**/*.ts"],
      exclude: [
        "**/generated/**",
        "packages/import-rules/**",
        "**/*.test.ts",
        "apps/server/src/main.ts",
        "apps/server/src/cli/{command,reset-password,backup,restore,rotate-keys}.ts",
      ],
      reportOnFailure: true,
      thresholds: { lines: 90, branches: 90 },
    },
  },
});
