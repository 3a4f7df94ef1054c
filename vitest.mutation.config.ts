import { defineConfig } from "vitest/config";

process.env.TZ = "Asia/Kathmandu";

/** The tests that Stryker runs: those of the parts that only calculate. */
export default defineConfig({
  test: {
    include: [
      "packages/domain/src/*.test.ts",
      "apps/server/src/{accounts,alerts,forecasts,keys,openrouter,stats,sync,usage}/**/*.test.ts",
    ],
    testTimeout: 30_000,
  },
});
