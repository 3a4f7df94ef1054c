import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { ensureAccount, findAccount } from "../accounts/stored.ts";
import { createDefaultRules } from "../alerts/default-rules.ts";
import { evaluateAll, evaluateTeam } from "../alerts/evaluation/evaluate.ts";
import type { App } from "../app.ts";
import { storeKey } from "../keys/add.ts";
import { duringRun } from "../keys/backfill.ts";
import { getPublicKey } from "../keys/list/public.ts";
import type { KeyOutput } from "../keys/schema.ts";
import { getOwned, hasSecret } from "../keys/service.ts";
import { findKey, listActiveKeys } from "../keys/stored.ts";
import { forEachSpread, startGapMs } from "../platform/scheduling/pacing.ts";
import { AppError } from "../rpc/app-error.ts";
import { addCounts, KEYS_AT_ONCE, type Manner, type SyncCounts, syncInOrder, syncWhole } from "./order.ts";
import { listPending, runPending } from "./pending.ts";
import { follow } from "./progress.ts";
import type { SyncOutput } from "./schema.ts";

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

/** Syncs every active key of a team, for a user who waits for it. */
export const syncAllOfTeam = async (app: App, input: { teamId: number }): Promise<SyncOutput> =>
  toOutput(app, await syncForPerson(app, input.teamId, listActiveKeys(app, input)));

/**
 * Syncs one key, for a user who waits for it. For a management key, also every key it covers.
 * @throws NOT_FOUND, CONFLICT if the key is turned off
 */
export async function syncKeyNow(app: App, input: { teamId: number; id: number }): Promise<SyncOutput> {
  const key = await getOwned(app, input);
  if (!key.isActive) throw new AppError("CONFLICT", message("key_turned_off", {}));
  return toOutput(app, await syncWithCovered(app, key));
}

/** Syncs one key, or every active key of the team. @throws as `syncKeyNow` */
export const syncForToken = (
  app: App,
  { teamId, api_key_id: id }: { teamId: number; api_key_id?: number | undefined },
): Promise<SyncOutput> => (id === undefined ? syncAllOfTeam(app, { teamId }) : syncKeyNow(app, { teamId, id }));

async function syncWithCovered(app: App, key: ApiKey): Promise<SyncCounts> {
  if (key.kind !== "management") return syncForPerson(app, key.teamId, [key]);
  return syncForPerson(app, key.teamId, listWithCovered(app, key));
}

/** A management key, the management key that lists its account, and the keys with a secret that it covers. */
function listWithCovered(app: App, key: ApiKey): ApiKey[] {
  const all = listActiveKeys(app, { teamId: key.teamId });
  const listerId = key.accountId === null ? null : findAccount(app, key.accountId)?.managementKeyId;
  const lister = all.filter(({ id }) => id === listerId && id !== key.id);
  const others = all.filter(({ kind }) => kind !== "management");
  // Includes keys without coverage, because this key may cover them.
  const covered = others.filter(({ managedById }) => managedById === key.id || managedById === null);
  return [key, ...lister, ...covered];
}

/**
 * Syncs keys with priority over jobs and with visible progress, then evaluates the team's rules. Backfills of new keys
 * continue after the response, unless `isWhole`.
 */
async function syncForPerson(
  app: App,
  teamId: number,
  keys: ApiKey[],
  { isWhole = false }: { isWhole?: boolean } = {},
): Promise<SyncCounts> {
  let answer = (_counts: SyncCounts) => {};
  let fail = (_error: unknown) => {};
  const answered = new Promise<SyncCounts>((resolve, reject) => {
    answer = resolve;
    fail = reject;
  });
  const run = ({ onKey, onMore }: Pick<Manner, "onKey" | "onMore">) =>
    syncInOrder(app, keys, { priority: "person", ...(onKey ? { onKey } : {}), ...(onMore ? { onMore } : {}) });
  const work: Promise<void> = duringRun(app, teamId, () =>
    follow(app, { teamId, total: keys.length }, async (report) => {
      const { counts, rest, isDone } = await run(report);
      if (!isWhole && !isDone) {
        await evaluateTeam(app, teamId);
        answer(counts);
      }
      return addCounts(counts, await rest);
    }),
  )
    .then(async (counts) => {
      await evaluateTeam(app, teamId);
      answer(counts);
    })
    .catch((error) => {
      app.log.error("sync.person", { team_id: teamId, error });
      fail(error);
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
  await createDefaultRules(app, input.teamId).catch((error) => app.log.error("alerts.first_rules", { error }));
  if (stored.status === "valid") syncLater(app, stored.id);
  return stored;
}

/** As `addKey`, with the key as the public API returns it. */
export async function addPublicKey(app: App, input: Parameters<typeof storeKey>[1]) {
  const { id } = await addKey(app, input);
  return getPublicKey(app, { teamId: input.teamId, id });
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
      await syncForPerson(app, key.teamId, keys, { isWhole: true });
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
