import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { ensureAccount, findAccount } from "../accounts/stored.ts";
import { createDefaultRules } from "../alerts/default-rules.ts";
import { evaluateAll, evaluateUser } from "../alerts/evaluate.ts";
import type { App } from "../app.ts";
import { storeKey } from "../keys/add.ts";
import { duringRun } from "../keys/backfill.ts";
import type { KeyOutput } from "../keys/schema.ts";
import { getOwned, hasSecret } from "../keys/service.ts";
import { changeKey, findKey, listActiveKeys, listManagers } from "../keys/stored.ts";
import type { Priority } from "../openrouter/pace.ts";
import { withinLog } from "../platform/log.ts";
import { forEachSpread, startGapMs } from "../platform/spread.ts";
import { findStorageProblem } from "../platform/storage-errors.ts";
import { AppError } from "../rpc/app-error.ts";
import { listDue } from "./account.ts";
import { syncAccountTotal } from "./account-total.ts";
import type { DueKey } from "./due.ts";
import { syncListedKey } from "./listed-key.ts";
import type { KeySync } from "./memory.ts";
import { syncInferenceKey, syncManagementKey } from "./one-key.ts";
import { listPending, runPending } from "./pending.ts";
import type { Reach } from "./plan.ts";
import { follow } from "./progress.ts";
import type { SyncOutput } from "./schema.ts";

/** Keys under way at once; each lane at OpenRouter paces itself besides. */
const KEYS_AT_ONCE = 8;

/** Syncs one key; whoever asks while it runs gets the same run. @param reach of a key whose account was listed just now */
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

/** Leaves what went wrong at the key, for its owner. */
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
  /** Told of keys that came to light meanwhile. */
  onMore?: (keys: number) => void;
  /** Least time between the starts of two keys; default: none. */
  gapMs?: number;
}

export interface SyncCounts {
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

/** Syncs keys a few at a time, in their order; one that fails stops no other. */
async function syncMany(
  app: App,
  keys: readonly (Pick<ApiKey, "id"> & { reach?: Reach })[],
  { priority, onKey, gapMs = 0 }: Manner,
): Promise<{ counts: SyncCounts; listed: number[] }> {
  const counts: SyncCounts = { ...NOTHING };
  const listed: number[] = [];
  const pace = { atOnce: KEYS_AT_ONCE, gapMs, clock: app.clock, signal: app.stopping };
  await forEachSpread(keys, pace, async (key) => {
    const result = await syncOnce(app, key.id, priority, key.reach);
    onKey?.(result);
    counts.keys += 1 + (result.listing?.synced ?? 0);
    counts.failed += result.ok ? 0 : 1;
    counts.rowsWritten += result.rowsWritten;
    if (result.listing) listed.push(result.listing.accountId);
  });
  return { counts, listed };
}

/** What a run has done, and what of it goes on: the histories of keys that were found. */
interface Run {
  counts: SyncCounts;
  rest: Promise<SyncCounts>;
  /** Nothing goes on. */
  isDone: boolean;
}

/**
 * Management keys before the others: what they say of the others is fresh then. Each account has its own queue, so that none
 * waits for the history of another.
 */
async function syncInOrder(app: App, keys: ApiKey[], manner: Manner): Promise<Run> {
  const isManager = ({ kind }: ApiKey) => kind === "management";
  const first = await syncMany(app, keys.filter(isManager), manner);
  // Keys without a secret come with their account; of one that has no management key each learns that on its own.
  const accounts = new Set(keys.filter(isManager).map(({ accountId }) => accountId));
  const others = keys.filter((key) => !isManager(key) && (hasSecret(key) || !accounts.has(key.accountId)));
  const queues = first.listed.map((accountId) => listDue(app, accountId));
  manner.onMore?.(queues.flat().length);
  const runs = await Promise.all([
    syncMany(app, others, manner),
    ...queues.map((due) =>
      syncMany(
        app,
        due.filter(({ isBackfill }) => !isBackfill),
        manner,
      ),
    ),
  ]);
  const rest = Promise.all(
    first.listed.map(async (accountId, index) => {
      const counts = await readHistories(app, queues[index] ?? [], manner);
      const rowsWritten = await syncAccountTotal(app, accountId).catch((error) => {
        app.log.error("sync.account_total", { account_id: accountId, error });
        return 0;
      });
      return addCounts(counts, { ...NOTHING, rowsWritten });
    }),
  ).then((parts) => parts.reduce(addCounts, NOTHING));
  return {
    counts: [first, ...runs].map(({ counts }) => counts).reduce(addCounts, NOTHING),
    rest,
    isDone: first.listed.length === 0,
  };
}

/** The histories of keys that were found: the recent month of all before the year of any. Whoever waits for a response goes first. */
async function readHistories(app: App, due: DueKey[], manner: Manner): Promise<SyncCounts> {
  const unread = due.filter(({ isBackfill }) => isBackfill);
  const later: Manner = { ...manner, priority: "job" };
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

/** All of a run. */
async function syncWhole(app: App, keys: ApiKey[], manner: Manner): Promise<SyncCounts> {
  const { counts, rest } = await syncInOrder(app, keys, manner);
  return addCounts(counts, await rest);
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
  const asked = keys.filter(hasSecret).length;
  const counts = await syncWhole(app, keys, { priority: "job", gapMs: startGapMs(asked, withinMs) });
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
 * @throws NOT_FOUND, CONFLICT when the key is turned off
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

/** A management key, the one that lists its account, and the keys with a secret that it covers. */
function listWithCovered(app: App, key: ApiKey): ApiKey[] {
  const all = listActiveKeys(app, { userId: key.userId });
  const listerId = key.accountId === null ? null : findAccount(app, key.accountId)?.managementKeyId;
  const lister = all.filter(({ id }) => id === listerId && id !== key.id);
  const others = all.filter(({ kind }) => kind !== "management");
  // Keys without a cover are asked about too: this may be the one that covers them.
  const covered = others.filter(({ managedById }) => managedById === key.id || managedById === null);
  return [key, ...lister, ...covered];
}

/**
 * Ahead of the jobs, and with a progress to look at; the user's rules look at it afterwards. The histories of keys that were found go
 * on after the response, unless `isWhole`.
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

/** Stores a key and starts its first sync, which goes on after the response. @throws as `storeKey` */
export async function addKey(app: App, input: Parameters<typeof storeKey>[1]): Promise<KeyOutput> {
  const stored = await storeKey(app, {
    onStored(connection, key) {
      if (key.kind === "management") ensureAccount(connection, key, app.clock.now());
    },
    ...input,
  });
  // Evaluation makes them too, should this be cut off here.
  await createDefaultRules(app, input.userId).catch((error) => app.log.error("alerts.first_rules", { error }));
  if (stored.status === "valid") syncLater(app, stored.id);
  return stored;
}

/** Starts the first sync of a key, or one that makes up for a time in which it was not watched. */
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
