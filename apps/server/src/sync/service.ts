import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { createDefaultRules } from "../alerts/default-rules.ts";
import { evaluateAll, evaluateUser } from "../alerts/evaluate.ts";
import type { App } from "../app.ts";
import { storeKey } from "../keys/add.ts";
import { duringRun } from "../keys/backfill.ts";
import type { KeyOutput } from "../keys/schema.ts";
import { getOwned } from "../keys/service.ts";
import { changeKey, findKey, listActiveKeys, listManagers } from "../keys/stored.ts";
import type { Priority } from "../openrouter/pace.ts";
import { withinLog } from "../platform/log.ts";
import { forEachSpread, startGapMs } from "../platform/spread.ts";
import { findStorageProblem } from "../platform/storage-errors.ts";
import { AppError } from "../rpc/app-error.ts";
import type { KeySync } from "./memory.ts";
import { syncInferenceKey, syncManagementKey } from "./one-key.ts";
import { listPending, runPending } from "./pending.ts";
import { follow } from "./progress.ts";
import type { SyncOutput } from "./schema.ts";

/** Keys under way at once; each lane at OpenRouter paces itself besides. */
const KEYS_AT_ONCE = 8;

/** Syncs one key; whoever asks while it runs gets the same run. */
function syncOnce(app: App, keyId: number, priority: Priority): Promise<KeySync> {
  const { underWay } = app.memory.sync;
  const under = underWay.get(keyId);
  if (under) return under;
  const began = performance.now();
  const flight = withinLog({ api_key_id: keyId }, () =>
    syncStored(app, keyId, priority)
      .catch(async (error): Promise<KeySync> => {
        app.log.error("sync.key", { ok: false, error });
        await noteFailure(app, keyId, error).catch((later) => app.log.error("sync.key", { ok: false, error: later }));
        return { ok: false, rowsWritten: 0 };
      })
      .then((result) => {
        app.measures.keySync(result.ok);
        app.log.debug("sync.key", {
          ok: result.ok,
          rows_written: result.rowsWritten,
          ms: Math.round(performance.now() - began),
        });
        return result;
      })
      .finally(() => underWay.delete(keyId)),
  );
  underWay.set(keyId, flight);
  return flight;
}

/** Leaves what went wrong at the key, for its owner. */
async function noteFailure(app: App, keyId: number, error: unknown): Promise<void> {
  const key = findKey(app, keyId);
  if (!key) return;
  const lastSyncError = storeMessage(findStorageProblem(error) ?? message("sync_failed", {}));
  await app.db.write((connection) => changeKey(connection, key, { lastSyncError }));
}

async function syncStored(app: App, keyId: number, priority: Priority): Promise<KeySync> {
  const key = findKey(app, keyId);
  if (!key?.isActive) return { ok: true, rowsWritten: 0 };
  if (key.kind === "management") return syncManagementKey(app, { key, priority });
  const managers = listManagers(app, key.userId);
  return syncInferenceKey(app, { key, managers, priority });
}

interface Manner {
  priority: Priority;
  /** Called after each key. */
  onKey?: (result: KeySync) => void;
  /** Least time between the starts of two keys; default: none. */
  gapMs?: number;
}

export interface SyncCounts {
  keys: number;
  failed: number;
  rowsWritten: number;
}

/** Syncs keys a few at a time, in their order; one that fails stops no other. */
async function syncMany(
  app: App,
  keys: Pick<ApiKey, "id">[],
  { priority, onKey, gapMs = 0 }: Manner,
): Promise<SyncCounts> {
  const counts: SyncCounts = { keys: 0, failed: 0, rowsWritten: 0 };
  const pace = { atOnce: KEYS_AT_ONCE, gapMs, clock: app.clock, signal: app.stopping };
  await forEachSpread(keys, pace, async (key) => {
    const result = await syncOnce(app, key.id, priority);
    onKey?.(result);
    counts.keys += 1;
    counts.failed += result.ok ? 0 : 1;
    counts.rowsWritten += result.rowsWritten;
  });
  return counts;
}

/** Management keys before the others: what they say of the others is fresh then. */
async function syncInOrder(app: App, keys: ApiKey[], manner: Manner): Promise<SyncCounts> {
  const first = await syncMany(
    app,
    keys.filter(({ kind }) => kind === "management"),
    manner,
  );
  const then = await syncMany(
    app,
    keys.filter(({ kind }) => kind !== "management"),
    manner,
  );
  return {
    keys: first.keys + then.keys,
    failed: first.failed + then.failed,
    rowsWritten: first.rowsWritten + then.rowsWritten,
  };
}

/**
 * Every active key of every user, and what their rules say of it: the hourly job. Their starts are spread over most of `withinMs`;
 * without it they aren't.
 */
export async function syncAll(app: App, { withinMs = 0 }: { withinMs?: number } = {}): Promise<SyncCounts> {
  // What the last process had synced and not evaluated when it ended would be overwritten.
  if (!app.memory.sync.hasRun) await evaluateAll(app);
  app.memory.sync.hasRun = true;
  const keys = listActiveKeys(app, {});
  const counts = await syncInOrder(app, keys, { priority: "job", gapMs: startGapMs(keys.length, withinMs) });
  await evaluateAll(app, app.stopping.aborted ? {} : { attemptedAt: app.clock.now() });
  return counts;
}

const toOutput = (app: App, counts: SyncCounts): SyncOutput => ({
  status: counts.failed === 0 ? "ok" : counts.failed < counts.keys ? "partial" : "failed",
  rows_written: counts.rowsWritten,
  synced_at: app.clock.now().toISOString(),
});

/** Every active key of one user, for a person who waits. */
export const syncAllOfUser = async (app: App, input: { userId: number }): Promise<SyncOutput> =>
  toOutput(app, await syncForPerson(app, input.userId, listActiveKeys(app, input)));

/**
 * One key, for a person who waits; a management key: itself and every key it covers.
 * @throws NOT_FOUND, CONFLICT when the key is switched off
 */
export async function syncKeyNow(app: App, input: { userId: number; id: number }): Promise<SyncOutput> {
  const key = await getOwned(app, input);
  if (!key.isActive) throw new AppError("CONFLICT", message("key_turned_off", {}));
  return toOutput(app, await syncWithCovered(app, key));
}

async function syncWithCovered(app: App, key: ApiKey): Promise<SyncCounts> {
  if (key.kind !== "management") return syncForPerson(app, key.userId, [key]);
  const others = listActiveKeys(app, { userId: key.userId }).filter(({ kind }) => kind !== "management");
  // Keys without a cover are asked about too: this may be the one that covers them.
  const covered = others.filter(({ managedById }) => managedById === key.id || managedById === null);
  return syncForPerson(app, key.userId, [key, ...covered]);
}

/** Ahead of the jobs, and with a progress to look at; the user's rules look at it afterwards. */
async function syncForPerson(app: App, userId: number, keys: ApiKey[]): Promise<SyncCounts> {
  const counts = await duringRun(app, userId, () =>
    follow(app, { userId, total: keys.length }, (onKey) => syncInOrder(app, keys, { priority: "person", onKey })),
  );
  await evaluateUser(app, userId);
  return counts;
}

/** Stores a key and starts its first sync, which goes on after the answer. @throws as `storeKey` */
export async function addKey(app: App, input: Parameters<typeof storeKey>[1]): Promise<KeyOutput> {
  const stored = await storeKey(app, input);
  // Evaluation makes them too, should this be cut off here.
  await createDefaultRules(app, input.userId).catch((error) => app.log.error("alerts.first_rules", { error }));
  const key = findKey(app, stored.id);
  if (key && stored.status === "valid") {
    const first: Promise<unknown> = syncFirst(app, key.id).finally(() => app.background.delete(first));
    app.background.add(first);
  }
  return stored;
}

async function syncFirst(app: App, id: number): Promise<void> {
  try {
    await runPending(app, id, async () => {
      const key = findKey(app, id);
      if (key?.isActive) await syncWithCovered(app, key);
    });
  } catch (error) {
    app.log.error("sync.first", { api_key_id: id, error });
  }
}

/** Resumes the first syncs that the end of the last process cut off, in the background. */
export function resumeFirstSyncs(app: App): void {
  const pending = listPending(app);
  if (pending.length === 0) return;
  app.log.info("sync.resumed", { keys: pending.length });
  const pace = { atOnce: KEYS_AT_ONCE, gapMs: 0, clock: app.clock, signal: app.stopping };
  const resumed: Promise<unknown> = forEachSpread(pending, pace, async ({ apiKeyId, waitMs }) => {
    if (waitMs > 0) await app.clock.sleep(waitMs, app.stopping);
    if (!app.stopping.aborted) await syncFirst(app, apiKeyId);
  }).finally(() => app.background.delete(resumed));
  app.background.add(resumed);
}
