import { parseArgs } from "node:util";
import { DAY_MS } from "./ledger/time.ts";
import { startSim } from "./sim.ts";
import { continueLife, fillBelievableYear } from "./year/year.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4010" },
    host: { type: "string", default: "127.0.0.1" },
    seed: { type: "string", default: "1" },
    days: { type: "string", default: "365" },
    keys: { type: "string", default: "6" },
    workspaces: { type: "string", default: "1" },
  },
});

const { host, seed } = values;
const days = wholeNumber("days", values.days);
const sim = await startSim({ port: wholeNumber("port", values.port), host, seed });
const until = sim.clock.now();
const life = fillBelievableYear(sim.ledger, {
  accountId: "demo",
  until,
  days,
  start: halfYearBefore(new Date(until.getTime() - days * DAY_MS)),
  keys: wholeNumber("keys", values.keys),
  workspaces: wholeNumber("workspaces", values.workspaces),
  seed,
});
continueLife(life, () => sim.clock.now());

const { managementSecret, keys, changes } = life;
process.stdout.write(`${JSON.stringify({ url: sim.url, managementKey: managementSecret, keys, changes })}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void sim.close().then(() => process.exit(0)));
}

/** Where history begins must not move from day to day: all-time counters would shrink after a restart. */
function halfYearBefore(date: Date): string {
  return `${date.getUTCFullYear()}-${date.getUTCMonth() < 6 ? "01" : "07"}-01`;
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} must be a whole number, not ${text}`);
  return value;
}
