import { availableParallelism } from "node:os";
import { message } from "@orwatch/messages/message";
import { Argon2id } from "oslo/password";
import { tooManyRequests } from "../../rpc/app-error.ts";

/**
 * A hash takes some 20 ms of a core and 19 MiB: a core is left to everyone who is logged in already, and of the four threads that
 * hashes run on, files and names need some as well.
 */
const AT_ONCE = Math.min(2, Math.max(1, availableParallelism() - 1));
/** Who comes after so many would wait longer than a person does. */
const MOST_WAITING = 200;
const RETRY_S = 5;

/**
 * Lets `atOnce` pieces of work run and the next ones wait in line.
 * @throws TOO_MANY_REQUESTS when the line is full
 */
export function createTurns({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
  const line: (() => void)[] = [];
  let running = 0;
  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (line.length >= mostWaiting) throw tooManyRequests(message("too_many_logins", { seconds: RETRY_S }));
      await new Promise<void>((resolve) => line.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = line.shift();
      // The place goes on to the next in line without ever being free.
      if (next) next();
      else running -= 1;
    }
  };
}

const inTurn = createTurns({ atOnce: AT_ONCE, mostWaiting: MOST_WAITING });
const argon2id = new Argon2id();

/** Argon2id with the parameters OWASP advises (19 MiB, t=2, p=1), few at a time. */
export const argon2 = {
  hash: (password: string): Promise<string> => inTurn(() => argon2id.hash(password)),
  verify: (hash: string, password: string): Promise<boolean> => inTurn(() => argon2id.verify(hash, password)),
};
