import { expect, test } from "vitest";
import { createQueue } from "./hashing.ts";

const later = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

test("limits parallel hashes, runs them in order, and frees the place of a failed one", async () => {
  const inTurn = createQueue({ maxConcurrent: 2, maxQueued: 100 });
  let running = 0;
  let peak = 0;
  const order: number[] = [];
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      inTurn(async () => {
        running += 1;
        peak = Math.max(peak, running);
        order.push(index);
        await later();
        running -= 1;
        if (index % 3 === 0) throw new Error("no");
        return index;
      }),
    ),
  );
  expect(peak).toBe(2);
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(results.filter(({ status }) => status === "rejected")).toHaveLength(7);
  await expect(inTurn(async () => "free again")).resolves.toBe("free again");
});

test("rejects a hash when the queue is full", async () => {
  const inTurn = createQueue({ maxConcurrent: 1, maxQueued: 2 });
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => inTurn(later)));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
  expect(answers[4]).toMatchObject({ reason: { code: "TOO_MANY_REQUESTS", retryAfterS: 5 } });
});
