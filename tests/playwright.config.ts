import { defineConfig } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.e2e.ts",
  outputDir: "test-results",
  // An empty database of the current version, which every server starts with.
  globalSetup: "./setup/migrated-template.ts",
  // Each file has its own server and simulator; more browsers than cores only wait for each other.
  workers: 2,
  // A test that passes on its second try is reported as flaky, so that a busy machine does not hide other results.
  retries: 1,
  // No step needs this long: a busy machine of two cores does.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    // A trace of every step costs a tenth of the time; `npx playwright test --trace on FILE` records one.
    screenshot: "only-on-failure",
    launchOptions: {
      // `npm test` finds or installs a Chromium; without it Playwright takes its own.
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
