import type { App } from "../app.ts";
import type { KeySync } from "./one-key.ts";
import type { ProgressOutput } from "./schema.ts";

interface Progress {
  total: number;
  done: number;
  failed: number;
  rowsWritten: number;
}

/** What each user waits for. */
const waits = new WeakMap<App, Map<number, Set<Progress>>>();

function waitsOf(app: App, userId: number): Set<Progress> {
  let users = waits.get(app);
  if (!users) {
    users = new Map();
    waits.set(app, users);
  }
  const own = users.get(userId) ?? new Set();
  users.set(userId, own);
  return own;
}

/** Does `work` and lets `findProgress` see how far it is. */
export async function follow<T>(
  app: App,
  input: { userId: number; total: number },
  work: (onKey: (result: KeySync) => void) => Promise<T>,
): Promise<T> {
  const own = waitsOf(app, input.userId);
  const progress: Progress = { total: input.total, done: 0, failed: 0, rowsWritten: 0 };
  own.add(progress);
  try {
    return await work((result) => {
      progress.done += 1;
      progress.failed += result.ok ? 0 : 1;
      progress.rowsWritten += result.rowsWritten;
    });
  } finally {
    own.delete(progress);
    if (own.size === 0) waits.get(app)?.delete(input.userId);
  }
}

/** All syncs that the user has started, together; `null` when none is under way. */
export function findProgress(app: App, { userId }: { userId: number }): ProgressOutput {
  const own = waits.get(app)?.get(userId);
  if (!own) return null;
  const sum = (pick: (progress: Progress) => number) => [...own].reduce((all, one) => all + pick(one), 0);
  return {
    keys: sum(({ total }) => total),
    done: sum(({ done }) => done),
    failed: sum(({ failed }) => failed),
    rows_written: sum(({ rowsWritten }) => rowsWritten),
  };
}
