import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import type { App } from "../app.ts";
import { hasSecret } from "../keys/service.ts";
import { changeKey, findKey, listManagers } from "../keys/stored.ts";
import type { Priority } from "../openrouter/requests/pace.ts";
import { withinLog } from "../platform/log.ts";
import { forEachSpread } from "../platform/scheduling/pacing.ts";
import { findStorageProblem } from "../platform/storage.ts";
import { readUsageVersion } from "../usage/residuals/residual-progress.ts";
import { hasAccountTotal, syncAccountTotal, waitForRunningTotal } from "./accounts/account-total.ts";
import type { DueKey } from "./accounts/due.ts";
import { listDue } from "./accounts/list-account.ts";
import type { Reach } from "./analytics/plan.ts";
import { syncListedKey } from "./keys/listed-key.ts";
import { syncInferenceKey, syncManagementKey } from "./keys/one-key.ts";
import type { KeySync } from "./memory.ts";

/** Maximum number of keys synced at the same time. Requests are also rate limited per lane. */
export const KEYS_AT_ONCE = 8;

/** Syncs one key, or joins its running sync. @param reach for a key whose account was just listed */
function syncOnce(app: App, keyId: number, priority: Priority, reach?: Reach): Promise<KeySync> {
  const { underWay } = app.memory.sync;
  const under = underWay.get(keyId);
  if (under) return under;
  const began = performance.now();
  const flight = withinLog({ api_key_id: keyId }, () =>
    syncStored(app, keyId, { priority, reach })
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

/** Stores the error at the key. */
async function noteFailure(app: App, keyId: number, error: unknown): Promise<void> {
  const key = findKey(app, keyId);
  if (!key) return;
  const lastSyncError = storeMessage(findStorageProblem(error) ?? message("sync_failed", {}));
  await app.db.write((connection) => changeKey(connection, key, { lastSyncError }));
}

async function syncStored(
  app: App,
  keyId: number,
  { priority, reach }: { priority: Priority; reach: Reach | undefined },
): Promise<KeySync> {
  const key = findKey(app, keyId);
  if (!key?.isActive) return { ok: true, rowsWritten: 0 };
  if (key.kind === "management") return syncManagementKey(app, { key, priority });
  if (!hasSecret(key)) return syncListedKey(app, { key, priority, reach });
  const managers = listManagers(app, key.teamId);
  return syncInferenceKey(app, { key, managers, priority });
}

export interface Manner {
  priority: Priority;
  /** Called after each key. */
  onKey?: (result: KeySync) => void;
  /** Called with keys that were found meanwhile. */
  onMore?: (keys: number) => void;
  /** Minimum time between the starts of two keys. Default: none. */
  gapMs?: number;
  /** No backfill starts after this, by the monotonic clock. The next run continues. Default: no limit. */
  backfillUntil?: number;
}

export interface SyncCounts {
  keys: number;
  failed: number;
  rowsWritten: number;
}

const NOTHING: SyncCounts = { keys: 0, failed: 0, rowsWritten: 0 };

export const addCounts = (a: SyncCounts, b: SyncCounts): SyncCounts => ({
  keys: a.keys + b.keys,
  failed: a.failed + b.failed,
  rowsWritten: a.rowsWritten + b.rowsWritten,
});

/** Syncs keys in order, a few at a time. A failure does not stop the others. None starts after `until`. */
async function syncMany(
  app: App,
  keys: readonly (Pick<ApiKey, "id"> & { reach?: Reach })[],
  { priority, onKey, gapMs = 0, until = Number.POSITIVE_INFINITY }: Manner & { until?: number | undefined },
): Promise<{ counts: SyncCounts; listed: number[] }> {
  const counts: SyncCounts = { ...NOTHING };
  const listed: number[] = [];
  const pace = { atOnce: KEYS_AT_ONCE, gapMs, clock: app.clock, signal: app.stopping };
  await forEachSpread(keys, pace, async (key) => {
    if (app.clock.monotonicMs() >= until) return;
    const result = await syncOnce(app, key.id, priority, key.reach);
    onKey?.(result);
    counts.keys += 1 + (result.listing?.synced ?? 0);
    counts.failed += result.ok ? 0 : 1;
    counts.rowsWritten += result.rowsWritten;
    if (result.listing) listed.push(result.listing.accountId);
  });
  return { counts, listed };
}

/** Result of a sync run, and the backfills of new keys that continue. */
interface Run {
  counts: SyncCounts;
  rest: Promise<SyncCounts>;
  /** No backfill continues. */
  isDone: boolean;
}

/**
 * Syncs management keys before the others, because they provide data for them. Each account has its own queue, so that none
 * waits for the backfill of another.
 */
export async function syncInOrder(app: App, keys: ApiKey[], manner: Manner): Promise<Run> {
  const isManager = ({ kind }: ApiKey) => kind === "management";
  const versions = readVersions(app, keys);
  const first = await syncMany(app, keys.filter(isManager), manner);
  // Keys without a secret are synced with their account. Without a management key, each reports that itself.
  const accounts = new Set(keys.filter(isManager).map(({ accountId }) => accountId));
  const others = keys.filter((key) => !isManager(key) && (hasSecret(key) || !accounts.has(key.accountId)));
  const [other, ...synced] = await Promise.all([
    syncMany(app, others, manner),
    ...first.listed.map((accountId) => syncMoved(app, accountId, manner)),
  ]);
  const complete = synced.filter(({ due }) => !due.some(({ isBackfill }) => isBackfill));
  const always = new Set(complete.map(({ accountId }) => accountId));
  const totals = await Promise.all(
    [...new Set([...versions.keys(), ...first.listed])].map((accountId) =>
      compareAfterRun(app, { accountId, before: versions.get(accountId), isAlways: always.has(accountId), manner }),
    ),
  );
  const backfills = synced.filter(({ accountId }) => !always.has(accountId));
  const rest = Promise.all(
    backfills.map(async ({ accountId, due }) => {
      const counts = await readHistories(app, due, manner);
      return addCounts(counts, await readAccountTotal(app, accountId, "job"));
    }),
  ).then((parts) => parts.reduce(addCounts, NOTHING));
  return {
    counts: [...[first, other, ...synced].map(({ counts }) => counts), ...totals].reduce(addCounts, NOTHING),
    rest,
    isDone: backfills.length === 0,
  };
}

/** Usage versions of the accounts of keys. */
const readVersions = (app: App, keys: readonly ApiKey[]): Map<number, number | undefined> =>
  new Map(
    [...new Set(keys.map(({ accountId }) => accountId))].flatMap((id) =>
      id === null ? [] : [[id, readUsageVersion(app.db.reader, id)]],
    ),
  );

/**
 * Compares an account after a run has read keys of it, so that usage of a key that was counted elsewhere before is not counted twice.
 * @param input.before the account's usage version when the run began
 * @param input.isAlways whether to compare it without changes too
 */
async function compareAfterRun(
  app: App,
  input: { accountId: number; before: number | undefined; isAlways: boolean; manner: Manner },
): Promise<SyncCounts> {
  const { accountId } = input;
  const isChanged = readUsageVersion(app.db.reader, accountId) !== input.before;
  if (!isChanged && !input.isAlways) return NOTHING;
  if (isChanged) await waitForRunningTotal(app, accountId);
  return readAccountTotal(app, accountId, input.manner.priority);
}

/**
 * Syncs the keys of an account that have changed. The total of a new account is read before its keys, so that the dashboard is soon
 * complete; usage moves from "Not attributed to a key" to a key when its history is read.
 */
async function syncMoved(
  app: App,
  accountId: number,
  manner: Manner,
): Promise<{ accountId: number; due: DueKey[]; counts: SyncCounts }> {
  const total = hasAccountTotal(app, accountId) ? NOTHING : await readAccountTotal(app, accountId, manner.priority);
  const due = listDue(app, accountId);
  manner.onMore?.(due.length);
  const moved = due.filter(({ isBackfill }) => !isBackfill);
  const { counts } = await syncMany(app, moved, manner);
  return { accountId, due, counts: addCounts(total, counts) };
}

async function readAccountTotal(app: App, accountId: number, priority: Priority): Promise<SyncCounts> {
  const rowsWritten = await syncAccountTotal(app, accountId, priority).catch((error) => {
    app.log.error("sync.account_total", { account_id: accountId, error });
    return 0;
  });
  return { ...NOTHING, rowsWritten };
}

/** Backfills of new keys: first the last month of all keys, then the year. Syncs that a user waits for go first. */
async function readHistories(app: App, due: DueKey[], manner: Manner): Promise<SyncCounts> {
  const unread = due.filter(({ isBackfill }) => isBackfill);
  const later = { ...manner, priority: "job", until: manner.backfillUntil } as const;
  const recent = await syncMany(
    app,
    unread.filter(({ reach }) => reach !== "year"),
    later,
  );
  const whole = await syncMany(
    app,
    unread.filter(({ reach }) => reach === "year"),
    later,
  );
  return addCounts(recent.counts, whole.counts);
}

/** A whole run. */
export async function syncWhole(app: App, keys: ApiKey[], manner: Manner): Promise<SyncCounts> {
  const { counts, rest } = await syncInOrder(app, keys, manner);
  return addCounts(counts, await rest);
}
