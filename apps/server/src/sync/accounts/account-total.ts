import type { ApiKey, Connection } from "@orwatch/db";
import { addDays, type Day, maxDay, minDay } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { shown } from "../../accounts/discovery.ts";
import { type Account, changeAccount, findAccount } from "../../accounts/stored.ts";
import type { App } from "../../app.ts";
import { callerOf } from "../../keys/service.ts";
import { changeKey, findKey } from "../../keys/stored.ts";
import type { Priority } from "../../openrouter/requests/pace.ts";
import type { Caller } from "../../openrouter/requests/request.ts";
import { currentDay, usageNow } from "../../platform/clock.ts";
import { findStorageProblem } from "../../platform/storage.ts";
import { readUsageVersion } from "../../usage/residuals/residual-progress.ts";
import type { KeyNames } from "../../usage/residuals/residual-split.ts";
import { bookResiduals, ensureResidualKey, type ResidualOwner } from "../../usage/residuals/residuals.ts";
import { fetchUsage } from "../analytics/fetch.ts";
import type { Reach, Window } from "../analytics/plan.ts";
import { oldestKept } from "../keys/findings.ts";
import { needOf, windowOf } from "./due.ts";
import { fetchByLabel, fetchElsewhere } from "./fetch-by-label.ts";
import { nextPart } from "./total-reread.ts";

/** Number of days compared at once. A year of a thousand keys would need too much memory. */
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
    userId: account.userId,
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
    const done = await readWindow(app, { owner, account, caller, window, today, comparedBefore: state.watermark });
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

async function readWindow(
  app: App,
  input: {
    owner: ResidualOwner;
    account: Account;
    caller: Caller;
    window: Window;
    today: Day;
    comparedBefore: Day | null;
  },
): Promise<{ rowsWritten: number; problem: Message | null; doubt: Message | null }> {
  const { owner, account, caller, window, today, comparedBefore } = input;
  const total = await fetchUsage(app, {
    caller,
    keyHash: null,
    window,
    today,
    hasStoredUsage: ({ from, through }) => hasUsage(app, account.id, { from, through }),
  });
  const nothing = (problem: Message) => ({ rowsWritten: 0, problem, doubt: null });
  if (total.days.length === 0) return nothing(total.problem ?? message("openrouter_analytics_no_total", {}));
  const question = {
    caller,
    window,
    modelsOf: (day: Day) => [...new Set(total.rows.filter(({ date }) => date === day).map(({ model }) => model))],
  };
  const labelled = await fetchByLabel(app, { ...question, query: app.openRouter.queryKeyNames });
  if (!Array.isArray(labelled)) return nothing(labelled);
  // Names of keys are stored in this form.
  const named = labelled.map((row) => ({ ...row, label: row.label === null ? null : shown(row.label, row.label) }));
  const elsewhere = await fetchElsewhere(app, { ...question, accountId: account.id });
  const rowsWritten = await app.db.write((connection) => {
    const lister = connection.prepare("SELECT 1 FROM openrouter_accounts WHERE id = ?").get(account.id);
    if (lister === undefined) return 0;
    return bookResiduals(connection, {
      owner,
      today,
      days: total.days,
      totals: total.rows,
      named,
      comparedBefore,
      elsewhere,
      names: readNames(connection, account),
      oldestDay: oldestKept(app, today),
    });
  });
  const isDoubt = total.problem?.code === "openrouter_totals_disagree";
  return { rowsWritten, problem: isDoubt ? null : total.problem, doubt: isDoubt ? total.problem : null };
}

const hasUsage = (app: App, accountId: number, { from, through }: Window): boolean =>
  app.db.reader
    .prepare(
      `SELECT 1 FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id AND d.date BETWEEN ? AND ?
       WHERE k.account_id = ? AND k.kind = 'inference' AND d.attributed AND d.requests > 0 LIMIT 1`,
    )
    .get(from, through, accountId) !== undefined;

interface NameRow {
  name: string;
  is_active: number;
  gone: number;
  month: Day | null;
  year: Day | null;
}

function readNames(connection: Connection, account: Account): KeyNames {
  const rows = connection
    .prepare(
      `SELECT coalesce(name_at_openrouter, name) AS name, is_active, gone_at IS NOT NULL AS gone, month_resynced_on AS month,
         year_resynced_on AS year
       FROM api_keys WHERE account_id = :id AND kind = 'inference'
       UNION ALL SELECT name, 0, 0, NULL, NULL FROM removed_keys WHERE account_id = :id`,
    )
    .safeIntegers(false)
    .all({ id: account.id }) as NameRow[];
  const names = (isMeant: (row: NameRow) => boolean) => new Set(rows.filter(isMeant).map(({ name }) => name));
  const watched: Map<string, { month: Day | null; year: Day | null }> = new Map();
  for (const { name, month, year } of rows.filter(({ is_active, gone }) => is_active === 1 && gone === 0)) {
    const other = watched.get(name);
    watched.set(
      name,
      other ? { month: earlier(month, other.month), year: earlier(year, other.year) } : { month, year },
    );
  }
  const unlisted = connection
    .prepare("SELECT 1 FROM openrouter_workspaces WHERE account_id = ? AND NOT is_listed LIMIT 1")
    .get(account.id);
  return {
    watched,
    others: names(({ is_active, gone }) => is_active === 0 && gone === 0),
    gone: names(({ gone }) => gone === 1),
    isComplete: account.lastListedAt !== null && account.lastListError === null && unlisted === undefined,
  };
}

const earlier = (a: Day | null, b: Day | null): Day | null => (a === null || b === null ? null : minDay(a, b));
