// Proofs that take too long for every test run: `prove.mjs limits|export|kills|sync|rules|mutations`.
import "./lib/help.mjs";
import { prepare } from "./lib/prepare.mjs";
import { bin, main, run, Stop } from "./lib/run.mjs";
import { proveRules } from "./lib/seeded-defects.mjs";

/** Tests that CI runs with small numbers, and the large ones; what is set outside wins. */
const LONG_RUNS = {
  limits: { env: { FLOOD: "10000" }, files: ["tests/http/connection-limits.test.ts"] },
  export: { env: { EXPORT_MODELS: "250" }, files: ["tests/stats/export-large.test.ts"] },
  kills: { env: { KILLS: "100", SERVER_CODE: "dist" }, files: ["tests/resilience/kills.test.ts"] },
  sync: {
    env: { EVENT_RUNS: "300", SCALE: "full" },
    files: [
      "tests/accounts/random-events.test.ts",
      "tests/accounts/request-budget.test.ts",
      "tests/archive/random-events.test.ts",
      "tests/usage/random-events.test.ts",
      "tests/usage/scale.test.ts",
    ],
  },
};

await main("", async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === "rules") return proveRules(...args);
  if (name === "mutations") {
    process.exitCode = (await run(bin("stryker"), ["run", ...args], { show: true })).code;
    return;
  }
  const proof = LONG_RUNS[name];
  if (!proof) throw new Stop(`Say what to prove: ${[...Object.keys(LONG_RUNS), "rules", "mutations"].join(", ")}.`);
  await prepare("app");
  const env = { ...proof.env, ...process.env };
  process.exitCode = (await run(bin("vitest"), ["run", ...proof.files], { env, show: true })).code;
});
