import { expect, test } from "vitest";
import { createYielder } from "./read-scheduler.ts";

const hold = (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

async function work(
  steps: number,
  stepMs: number,
  note: () => void = () => {},
  wait: Parameters<typeof createYielder>[0] = "download",
) {
  const breathe = createYielder(wait);
  for (let step = 0; step < steps; step += 1) {
    await breathe();
    hold(stepMs);
    note();
  }
}

test("twenty long reads yield to the event loop after each slice", async () => {
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(Array.from({ length: 20 }, () => work(20, 1)));
  isOver = true;
  // 400 ms of work in slices of 24 ms: if all twenty ran in one turn, there would be three turns.
  expect(turns).toBeGreaterThan(12);
});

test("parallel reads progress together", async () => {
  const order: string[] = [];
  await Promise.all(["a", "b"].map((name) => work(30, 1, () => void order.push(name))));
  expect(order.slice(0, 20)).toContain("a");
  expect(order.slice(0, 20)).toContain("b");
});

test("a page does not wait for downloads, which progress meanwhile", async () => {
  let isOver = false;
  const done = { before: 0, after: 0 };
  const count = () => {
    done[isOver ? "after" : "before"] += 1;
  };
  const downloads = Array.from({ length: 20 }, () => work(12, 4, count));
  await work(6, 4, () => {}, "page");
  isOver = true;
  await Promise.all(downloads);
  // Three slices; in one queue with the others each would come after 20 of theirs.
  expect(done.before).toBeGreaterThan(0);
  expect(done.before).toBeLessThan(60);
  expect(done.before + done.after).toBe(240);
});

test("short reads are not delayed", async () => {
  const breathe = createYielder("page");
  await breathe();
  let others = 0;
  setImmediate(() => {
    others += 1;
  });
  for (let step = 0; step < 100; step += 1) await breathe();
  expect(others).toBe(0);
});
