import { expect, test } from "vitest";
import { hashInTurn } from "./hashing.ts";
import { hashPassword, verifyPassword } from "./password.ts";

test("with a full queue, an unknown address takes as long as a wrong password", async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const busy = Promise.allSettled(Array.from({ length: 205 }, () => hashInTurn(() => released)));
  await expect(verifyPassword(null, "x")).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  release();
  await busy;
  await expect(verifyPassword(null, "x")).resolves.toBe(false);
  const hash = await hashPassword("Correct-Horse-9");
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < 9; round++)
    for (const kind of ["known", "unknown"] as const) {
      const started = performance.now();
      await expect(verifyPassword(kind === "known" ? hash : null, "Wrong-Horse-99")).resolves.toBe(false);
      times[kind].push(performance.now() - started);
    }
  // Of the fastest: a busy machine delays single ones.
  const ratio = Math.min(...times.known) / Math.min(...times.unknown);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
}, 60_000);
