import { availableParallelism } from "node:os";
import { message } from "@orwatch/messages/message";
import { Argon2id } from "oslo/password";
import { tooManyRequests } from "../../rpc/app-error.ts";

/**
 * A hash takes about 20 ms of a core and 19 MiB. One core is left for other requests, and some of the four threads that run hashes
 * are needed for file access and DNS.
 */
const MAX_CONCURRENT = Math.min(2, Math.max(1, availableParallelism() - 1));
/** With a longer queue, users would wait too long. */
const MAX_QUEUED = 200;
const RETRY_S = 5;

/**
 * Runs at most `maxConcurrent` tasks at a time and queues the others.
 * @throws TOO_MANY_REQUESTS if the queue is full
 */
export function createQueue({ maxConcurrent, maxQueued }: { maxConcurrent: number; maxQueued: number }) {
  const line: (() => void)[] = [];
  let running = 0;
  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= maxConcurrent) {
      if (line.length >= maxQueued) throw tooManyRequests(message("too_many_logins", { seconds: RETRY_S }));
      await new Promise<void>((resolve) => line.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = line.shift();
      // The slot is passed on to the next task in the queue.
      if (next) next();
      else running -= 1;
    }
  };
}

export const hashInTurn = createQueue({ maxConcurrent: MAX_CONCURRENT, maxQueued: MAX_QUEUED });
const argon2id = new Argon2id();

/** Argon2id with the parameters recommended by OWASP (19 MiB, t=2, p=1), with limited concurrency. */
export const argon2 = {
  hash: (password: string): Promise<string> => hashInTurn(() => argon2id.hash(password)),
  verify: (hash: string, password: string): Promise<boolean> => hashInTurn(() => argon2id.verify(hash, password)),
};
