import type { App } from "../app.ts";
import type { KeySync, Progress } from "./memory.ts";
import type { ProgressOutput } from "./schema.ts";

function progressOf(app: App, teamId: number): Set<Progress> {
  const { progress } = app.memory.sync;
  const own = progress.get(teamId) ?? new Set();
  progress.set(teamId, own);
  return own;
}

/** Runs `work` and reports its progress to `findProgress`. */
export async function follow<T>(
  app: App,
  input: { teamId: number; total: number },
  work: (report: { onKey: (result: KeySync) => void; onMore: (keys: number) => void }) => Promise<T>,
): Promise<T> {
  const own = progressOf(app, input.teamId);
  const progress: Progress = { total: input.total, done: 0, failed: 0, rowsWritten: 0 };
  own.add(progress);
  try {
    return await work({
      onKey(result) {
        progress.done += 1;
        progress.failed += result.ok ? 0 : 1;
        progress.rowsWritten += result.rowsWritten;
      },
      onMore(keys) {
        progress.total += keys;
      },
    });
  } finally {
    own.delete(progress);
    if (own.size === 0) app.memory.sync.progress.delete(input.teamId);
  }
}

/** Combined progress of all syncs that members of the team have started; `null` if none is running. */
export function findProgress(app: App, { teamId }: { teamId: number }): ProgressOutput {
  const own = app.memory.sync.progress.get(teamId);
  if (!own) return null;
  const sum = (pick: (progress: Progress) => number) => [...own].reduce((all, one) => all + pick(one), 0);
  return {
    keys: sum(({ total }) => total),
    done: sum(({ done }) => done),
    failed: sum(({ failed }) => failed),
    rows_written: sum(({ rowsWritten }) => rowsWritten),
  };
}
