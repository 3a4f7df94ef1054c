import type { ApiKey } from "@orwatch/db";
import { addDays, type Day, maxDay } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { type Account, changeAccount, findAccount } from "../../accounts/stored.ts";
import type { App } from "../../app.ts";
import { callerOf } from "../../keys/service.ts";
import { changeKey, findKey } from "../../keys/stored.ts";
import type { Priority } from "../../openrouter/requests/pace.ts";
import type { Caller } from "../../openrouter/requests/request.ts";
import { currentDay, usageNow } from "../../platform/clock.ts";
import { findStorageProblem } from "../../platform/storage.ts";
import { readUsageVersion } from "../../usage/residuals/residual-progress.ts";
import { ensureResidualKey, type ResidualOwner } from "../../usage/residuals/residuals.ts";
import type { Reach, Window } from "../analytics/plan.ts";
import { oldestKept } from "../keys/findings.ts";
import { compareWindow } from "./compare-window.ts";
import { needOf, windowOf } from "./due.ts";
import { nextPart } from "./total-reread.ts";

/** Number of days whose total is requested at once. */
const CHUNK_DAYS = 92;

/** Compares the total of an account with its keys, or joins the comparison that is running: an older response must not replace a newer one. */
export function syncAccountTotal(app: App, accountId: number, priority: Priority): Promise<number> {
  const { accountTotals } = app.memory.sync;
  const running = accountTotals.get(accountId);
  if (running) return running;
  const started = compareTotal(app, accountId, priority).finally(() => accountTotals.delete(accountId));
  accountTotals.set(accountId, started);
  return started;
}

/** Waits for a comparison that began before the last change of the keys, which it may not contain. */
export const waitForRunningTotal = (app: App, accountId: number): Promise<unknown> =>
  app.memory.sync.accountTotals.get(accountId)?.catch(() => 0) ?? Promise.resolve();

/** Whether the total of an account was compared with its keys for a whole year. */
export const hasAccountTotal = (app: App, accountId: number): boolean =>
  app.db.reader
    .prepare("SELECT 1 FROM api_keys WHERE account_id = ? AND kind = 'residual' AND year_resynced_on IS NOT NULL")
    .get(accountId) !== undefined;

/**
 * Compares the total of an account with its keys and records the difference: recent days in every sync, a month once a day and a year once
 * a week.
 * @returns the number of usage rows written
 */
async function compareTotal(app: App, accountId: number, priority: Priority): Promise<number> {
  const account = findAccount(app, accountId);
  const manager = account?.managementKeyId ? findKey(app, account.managementKeyId) : null;
  if (!account || !manager?.isActive || manager.status === "invalid" || account.identity === null) return 0;
  const caller = callerOf(app, manager, priority);
  if (!caller) return 0;
  const owner: ResidualOwner = {
    accountId,
    teamId: account.teamId,
    identity: account.identity,
    now: usageNow(app.clock),
  };
  const id = await app.db.write((connection) => ensureResidualKey(connection, owner, "unknown"));
  const version = readUsageVersion(app.db.reader, accountId);
  const state = findKey(app, id);
  if (!state) return 0;
  return readTotal(app, { account, caller, owner, state, version }).catch(async (error) => {
    app.log.error("sync.account_total", { account_id: accountId, error });
    await noteProblem(app, state, findStorageProblem(error) ?? message("sync_failed", {}));
    return 0;
  });
}

const notRead = (cause: Message) => message("account_total_not_read", { cause });

/** Why the total is not compared with the keys; the data of keys is not affected. */
const noteProblem = (app: App, state: ApiKey, cause: Message): Promise<void> =>
  app.db.write((connection) => {
    changeKey(connection, state, { lastSyncError: storeMessage(notRead(cause)) });
  });

async function readTotal(
  app: App,
  input: {
    account: Account;
    caller: Caller;
    owner: ResidualOwner;
    /** The key of the residuals of unknown cause, which has the progress. */
    state: ApiKey;
    version: number | undefined;
  },
): Promise<number> {
  const { account, caller, owner, state, version } = input;
  const today = currentDay(app.clock);
  const { reach, startsReread } = reachOf(app, { state, account });
  const part =
    reach === "year"
      ? null
      : nextPart({
          rereadFrom: account.rereadFrom,
          startsNow: startsReread,
          today,
          intervalMinutes: app.config.syncIntervalMinutes,
        });
  let rowsWritten = 0;
  let problem: Message | null = null;
  // Days on which models and total disagree keep what they have. They are read again with the month or the year.
  let doubt: Message | null = null;
  const windows = [windowOf(state, reach, today), ...(part === null ? [] : [part])];
  for (const window of windows.flatMap((window) => chunksOf(window, oldestKept(app, today)))) {
    if (app.stopping.aborted) return rowsWritten;
    const done = await compareWindow(app, { owner, account, caller, window, today, comparedBefore: state.watermark });
    rowsWritten += done.rowsWritten;
    problem ??= done.problem;
    doubt ??= done.doubt;
  }
  // The next sync reads the same days again.
  if (problem !== null) {
    app.log.warn("sync.account_total", { account_id: account.id, problem: problem.code });
    await noteProblem(app, state, problem);
    return rowsWritten;
  }
  await app.db.write((connection) => {
    changeKey(connection, state, {
      ...progressOf({ reach, today, isUnchanged: readUsageVersion(connection, account.id) === version }),
      ...(startsReread ? { yearResyncedOn: today } : {}),
      lastSyncedAt: app.clock.now(),
      lastSyncError: doubt && storeMessage(notRead(doubt)),
    });
    const rereadFrom = part?.rereadFrom ?? null;
    if (rereadFrom !== account.rereadFrom) changeAccount(connection, account, { rereadFrom });
  });
  return rowsWritten;
}

/** Recent days in every sync, because usage without cost, or at the user's own provider keys, does not change the credits. */
function reachOf(
  app: App,
  { state, account }: { state: ApiKey; account: Account },
): { reach: Reach; startsReread: boolean } {
  const need = needOf(
    {
      ...state,
      // Its time of the day depends on the account.
      keyHash: (account.identity ?? "").replaceAll("-", "").padEnd(6, "0"),
      usageNanos: null,
      usageMonthlyNanos: null,
      byokNanos: null,
      queriedByokNanos: null,
    },
    { now: usageNow(app.clock), intervalMinutes: app.config.syncIntervalMinutes },
  );
  const startsReread = need?.reach === "year" && !need.isBackfill;
  return { reach: startsReread ? "month" : (need?.reach ?? "recent"), startsReread };
}

/** If keys or their rows have changed during the requests, their days are compared again by the next sync. */
const progressOf = ({ reach, today, isUnchanged }: { reach: Reach; today: Day; isUnchanged: boolean }) => ({
  ...(isUnchanged ? { watermark: today } : {}),
  ...(reach === "recent" ? {} : { monthResyncedOn: today }),
  ...(reach === "year" ? { yearResyncedOn: today } : {}),
});

/** The newest first. */
function chunksOf({ from, through }: Window, oldest: Day | null): Window[] {
  const first = oldest === null ? from : maxDay(from, oldest);
  const chunks: Window[] = [];
  for (let last = through; last >= first; last = addDays(last, -CHUNK_DAYS))
    chunks.push({ from: maxDay(first, addDays(last, 1 - CHUNK_DAYS)), through: last });
  return chunks;
}
