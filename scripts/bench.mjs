// `npm run bench` runs every bench/*.bench.ts, `npm run bench -- NAME` those with NAME in theirs.
import "./help.mjs";
import fs from "node:fs";
import path from "node:path";
import { prepare } from "./prepare.mjs";
import { main, ROOT, run, Stop, secondsSince } from "./run.mjs";

await main("", async () => {
  await prepare("app");
  const wanted = process.argv[2] ?? "";
  const files = fs
    .readdirSync(path.join(ROOT, "bench"))
    .filter((name) => name.endsWith(".bench.ts") && name.includes(wanted))
    .sort();
  if (files.length === 0) throw new Stop(`bench/ has no ${wanted}*.bench.ts`);
  for (const file of files) {
    const start = performance.now();
    console.log(`\n${file}`);
    const env = { ...process.env, NODE_ENV: "production" };
    const { code } = await run(process.execPath, ["--import", "tsx", `bench/${file}`], { env, show: true });
    if (code !== 0) process.exitCode = 1;
    console.log(`${file}: ${code === 0 ? "done" : "FAILED"} in ${secondsSince(start)}`);
  }
});
