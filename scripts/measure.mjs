// Measurements of bench/: `bench [NAME]`, `load` and `lighthouse`. What each does stands at the head of its file there.
import "./lib/help.mjs";
import fs from "node:fs";
import path from "node:path";
import { prepare } from "./build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { main, ROOT, run, Stop, secondsSince } from "./lib/run.mjs";

const runFile = (file, env = {}) =>
  run(process.execPath, ["--import", "tsx", `bench/${file}`], {
    env: { ...process.env, NODE_ENV: "production", ...env },
    show: true,
  });

async function runBenches(wanted = "") {
  const files = fs
    .readdirSync(path.join(ROOT, "bench"))
    .filter((name) => name.endsWith(".bench.ts") && name.includes(wanted))
    .sort();
  if (files.length === 0) throw new Stop(`bench/ has no ${wanted}*.bench.ts`);
  for (const file of files) {
    const start = performance.now();
    console.log(`\n${file}`);
    const { code } = await runFile(file);
    if (code !== 0) process.exitCode = 1;
    console.log(`${file}: ${code === 0 ? "done" : "FAILED"} in ${secondsSince(start)}`);
  }
}

async function runLighthouse() {
  const chromium = ensureChromium();
  if (!chromium) throw new Stop("There is no Chromium and none could be installed: set CHROMIUM_PATH to one.");
  process.exitCode = (await runFile("lighthouse.ts", { CHROMIUM_PATH: chromium })).code;
}

async function runLoad() {
  process.exitCode = (await runFile("load/main.ts")).code;
}

const MEASUREMENTS = { bench: runBenches, load: runLoad, lighthouse: runLighthouse };

await main("", async () => {
  const [name, ...args] = process.argv.slice(2);
  const measure = MEASUREMENTS[name];
  if (!measure) throw new Stop(`Say what to measure: ${Object.keys(MEASUREMENTS).join(", ")}.`);
  await prepare("app");
  await measure(...args);
});
