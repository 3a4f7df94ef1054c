import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProcessHarness, startProcessHarness, stopProcessHarness } from "../support/server/process-harness.ts";
import { expectWell, KINDS, type Random } from "./kills.ts";

const KILLS = Number(process.env.KILLS ?? 3);
const SEED = Number(process.env.SEED ?? 1 + (Date.now() % 1_000_000));

let harness: ProcessHarness;
beforeAll(async () => {
  harness = await startProcessHarness();
}, 60_000);
afterAll(() => stopProcessHarness(harness));

/** Random numbers that the same SEED repeats. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}

test("after a kill at any moment, the next start finds an intact file and a sync makes usage equal the ledger", async () => {
  const random = randomFrom(SEED);
  const names = Object.keys(KINDS);
  const first = random(names.length);
  const counts = new Map<string, number>();
  for (let turn = 0; turn < KILLS; turn += 1) {
    // 5 has no factor in common with the number of kinds, so all of them get their turn.
    const name = names[(first + turn * 5) % names.length] as string;
    try {
      await KINDS[name]?.(harness, random);
      await expectWell(harness, random);
    } catch (error) {
      throw new Error(`killed during ${name}, turn ${turn + 1}, SEED=${SEED}: ${(error as Error).message}`, {
        cause: error,
      });
    }
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const list = [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
  process.stdout.write(`kills: ${KILLS} (${list}), SEED=${SEED}\n`);
  expect([...counts.values()].reduce((a, b) => a + b, 0)).toBe(KILLS);
}, 3_600_000);
