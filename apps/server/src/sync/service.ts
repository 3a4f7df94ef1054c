import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { ensureAccount, findAccount } from "../accounts/stored.ts";
import { createDefaultRules } from "../alerts/default-rules.ts";
import { evaluateAll, evaluateUser } from "../alerts/evaluation/evaluate.ts";
import type { App } from "../app.ts";
import { storeKey } from "../keys/add.ts";
import { duringRun } from "../keys/backfill.ts";
import type { KeyOutput } from "../keys/schema.ts";
import { getOwned, hasSecret } from "../keys/service.ts";
import { changeKey, findKey, listActiveKeys, listManagers } from "../keys/stored.ts";
import type { Priority } from "../openrouter/requests/pace.ts";
import { withinLog } from "../platform/log.ts";
import { forEachSpread, startGapMs } from "../platform/scheduling/pacing.ts";
import { findStorageProblem } from "../platform/storage.ts";
import { AppError } from "../rpc/app-error.ts";
import { hasAccountTotal, syncAccountTotal } from "./accounts/account-total.ts";
import type { DueKey } from "./accounts/due.ts";
import { listDue } from "./accounts/list-account.ts";
import type { Reach } from "./analytics/plan.ts";
import { syncListedKey } from "./keys/listed-key.ts";
import { syncInferenceKey, syncManagementKey } from "./keys/one-key.ts";
import type { KeySync } from "./memory.ts";
import { listPending, runPending } from "./pending.ts";
import { follow } from "./progress.ts";
import type { SyncOutput } from "./schema.ts";

/** Maximum number of keys synced at the same time. Requests are also rate limited per lane. */
const KEYS_AT_ONCE = 8;

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
  const managers = listManagers(app, key.userId);
  return syncInferenceKey(app, { key, managers, priority });
}

interface Manner {
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

interface SyncCounts {
  keys: number;
  failed: number;
  rowsWritten: number;
}

const NOTHING: SyncCounts = { keys: 0, failed: 0, rowsWritten: 0 };

const addCounts = (a: SyncCounts, b: SyncCounts): SyncCounts => ({
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
async function syncInOrder(app: App, keys: ApiKey[], manner: Manner): Promise<Run> {
  const isManager = ({ kind }: ApiKey) => kind === "management";
  const first = await syncMany(app, keys.filter(isManager), manner);
  // Keys without a secret are synced with their account. Without a management key, each reports that itself.
  const accounts = new Set(keys.filter(isManager).map(({ accountId }) => accountId));
  const others = keys.filter((key) => !isManager(key) && (hasSecret(key) || !accounts.has(key.accountId)));
  const [other, ...synced] = await Promise.all([
    syncMany(app, others, manner),
    ...first.listed.map((accountId) => syncMoved(app, accountId, manner)),
  ]);
  const rest = Promise.all(
    synced.map(async ({ accountId, due }) => {
      const counts = await readHistories(app, due, manner);
      return addCounts(counts, await readAccountTotal(app, accountId));
    }),
  ).then((parts) => parts.reduce(addCounts, NOTHING));
  return {
    counts: [first, other, ...synced].map(({ counts }) => counts).reduce(addCounts, NOTHING),
    rest,
    isDone: first.listed.length === 0,
  };
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
  const total = hasAccountTotal(app, accountId) ? NOTHING : await readAccountTotal(app, accountId);
  const due = listDue(app, accountId);
  manner.onMore?.(due.length);
  const moved = due.filter(({ isBackfill }) => !isBackfill);
  const { counts } = await syncMany(app, moved, manner);
  return { accountId, due, counts: addCounts(total, counts) };
}

async function readAccountTotal(app: App, accountId: number): Promise<SyncCounts> {
  const rowsWritten = await syncAccountTotal(app, accountId).catch((error) => {
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
async function syncWhole(app: App, keys: ApiKey[], manner: Manner): Promise<SyncCounts> {
  const { counts, rest } = await syncInOrder(app, keys, manner);
  return addCounts(counts, await rest);
}

/** The last tenth of the interval is for the comparison with the totals of accounts. */
const BACKFILL_SHARE = 0.9;

/**
 * The hourly job: syncs every active key of every user, then evaluates their rules. Starts are spread over most of `withinMs`,
 * if given; backfills that take longer continue in the next run, so that no account delays the others.
 */
export async function syncAll(app: App, { withinMs = 0 }: { withinMs?: number } = {}): Promise<SyncCounts> {
  // Data that the last process synced but did not evaluate would be overwritten.
  if (!app.memory.sync.hasRun) await evaluateAll(app);
  app.memory.sync.hasRun = true;
  const keys = listActiveKeys(app, {});
  const asked = keys.filter(hasSecret).length;
  const backfillUntil = app.clock.monotonicMs() + BACKFILL_SHARE * app.config.syncIntervalMinutes * 60_000;
  const counts = await syncWhole(app, keys, { priority: "job", gapMs: startGapMs(asked, withinMs), backfillUntil });
  await evaluateAll(app, app.stopping.aborted ? {} : { attemptedAt: app.clock.now() });
  return counts;
}

const toOutput = (app: App, counts: SyncCounts): SyncOutput => ({
  status: counts.failed === 0 ? "ok" : counts.failed < counts.keys ? "partial" : "failed",
  rows_written: counts.rowsWritten,
  synced_at: app.clock.now().toISOString(),
});

/** Syncs every active key of a user who waits for it. */
export const syncAllOfUser = async (app: App, input: { userId: number }): Promise<SyncOutput> =>
  toOutput(app, await syncForPerson(app, input.userId, listActiveKeys(app, input)));

/**
 * Syncs one key of a user who waits for it. For a management key, also every key it covers.
 * @throws NOT_FOUND, CONFLICT if the key is turned off
 */
export async function syncKeyNow(app: App, input: { userId: number; id: number }): Promise<SyncOutput> {
  const key = await getOwned(app, input);
  if (!key.isActive) throw new AppError("CONFLICT", message("key_turned_off", {}));
  return toOutput(app, await syncWithCovered(app, key));
}

async function syncWithCovered(app: App, key: ApiKey): Promise<SyncCounts> {
  if (key.kind !== "management") return syncForPerson(app, key.userId, [key]);
  return syncForPerson(app, key.userId, listWithCovered(app, key));
}

/** A management key, the management key that lists its account, and the keys with a secret that it covers. */
function listWithCovered(app: App, key: ApiKey): ApiKey[] {
  const all = listActiveKeys(app, { userId: key.userId });
  const listerId = key.accountId === null ? null : findAccount(app, key.accountId)?.managementKeyId;
  const lister = all.filter(({ id }) => id === listerId && id !== key.id);
  const others = all.filter(({ kind }) => kind !== "management");
  // Includes keys without coverage, because this key may cover them.
  const covered = others.filter(({ managedById }) => managedById === key.id || managedById === null);
  return [key, ...lister, ...covered];
}

/**
 * Syncs keys with priority over jobs and with visible progress, then evaluates the user's rules. Backfills of new keys
 * continue after the response, unless `isWhole`.
 */
async function syncForPerson(
  app: App,
  userId: number,
  keys: ApiKey[],
  { isWhole = false }: { isWhole?: boolean } = {},
): Promise<SyncCounts> {
  let answer = (_counts: SyncCounts) => {};
  let refuse = (_error: unknown) => {};
  const answered = new Promise<SyncCounts>((resolve, reject) => {
    answer = resolve;
    refuse = reject;
  });
  const run = ({ onKey, onMore }: Pick<Manner, "onKey" | "onMore">) =>
    syncInOrder(app, keys, { priority: "person", ...(onKey ? { onKey } : {}), ...(onMore ? { onMore } : {}) });
  const work: Promise<void> = duringRun(app, userId, () =>
    follow(app, { userId, total: keys.length }, async (report) => {
      const { counts, rest, isDone } = await run(report);
      if (!isWhole && !isDone) {
        await evaluateUser(app, userId);
        answer(counts);
      }
      return addCounts(counts, await rest);
    }),
  )
    .then(async (counts) => {
      await evaluateUser(app, userId);
      answer(counts);
    })
    .catch((error) => {
      app.log.error("sync.person", { user_id: userId, error });
      refuse(error);
    })
    .finally(() => app.background.delete(work));
  app.background.add(work);
  return answered;
}

/** Stores a key and starts its first sync, which continues after the response. @throws as `storeKey` */
export async function addKey(app: App, input: Parameters<typeof storeKey>[1]): Promise<KeyOutput> {
  const stored = await storeKey(app, {
    onStored(connection, key) {
      if (key.kind === "management") ensureAccount(connection, key, app.clock.now());
    },
    ...input,
  });
  // Evaluation also creates them if this is interrupted.
  await createDefaultRules(app, input.userId).catch((error) => app.log.error("alerts.first_rules", { error }));
  if (stored.status === "valid") syncLater(app, stored.id);
  return stored;
}

/** Starts the first sync of a key, or the sync after a time in which it was not watched. */
export function syncLater(app: App, id: number): void {
  const first: Promise<unknown> = syncFirst(app, id).finally(() => app.background.delete(first));
  app.background.add(first);
}

async function syncFirst(app: App, id: number): Promise<void> {
  try {
    await runPending(app, id, async () => {
      const key = findKey(app, id);
      if (!key?.isActive) return;
      const keys = key.kind === "management" ? listWithCovered(app, key) : [key];
      await syncForPerson(app, key.userId, keys, { isWhole: true });
      if (key.kind === "management" && !app.stopping.aborted) app.memory.sync.onAccountRead?.();
    });
  } catch (error) {
    app.log.error("sync.first", { api_key_id: id, error });
  }
}

/** Resumes interrupted first syncs in the background. */
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
