import type { ApiKey } from "@orwatch/db";
import { addDays, type Day } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { type Account, findAccount, listWorkspaceNames } from "../../accounts/stored.ts";
import type { App } from "../../app.ts";
import { callerOf } from "../../keys/service.ts";
import { changeKey, findKey, type KeyChange } from "../../keys/stored.ts";
import { UNDECRYPTABLE } from "../../keys/validation/lockout.ts";
import type { Priority } from "../../openrouter/requests/pace.ts";
import type { Caller } from "../../openrouter/requests/request.ts";
import { currentDay, usageNow } from "../../platform/clock.ts";
import { holdBack, noteHeld } from "../../usage/counters/held-reductions.ts";
import { UNATTRIBUTED } from "../../usage/ledger/ledger.ts";
import { book } from "../../usage/record-findings.ts";
import { needOf, windowOf } from "../accounts/due.ts";
import { noteGone } from "../accounts/list-account.ts";
import { notifyKeyChanges } from "../accounts/notify-key-changes.ts";
import { completeChange, recordListing } from "../accounts/record-listing.ts";
import { fetchUsageOfKey } from "../analytics/fetch.ts";
import type { Reach } from "../analytics/plan.ts";
import type { KeySync } from "../memory.ts";
import { lastUse, oldestKept, withinRetention } from "./findings.ts";
import { recordReductions, reportToOwner } from "./report.ts";

interface Asked {
  key: ApiKey;
  account: Account;
  manager: ApiKey;
  caller: Caller;
}

const IS_WATCHED = "SELECT 1 FROM api_keys WHERE id = ? AND is_active";

const fail = async (app: App, key: ApiKey, problem: Message): Promise<KeySync> => {
  await app.db.write((connection) => {
    // It may have stopped being watched during the requests.
    if (connection.prepare(IS_WATCHED).get(key.id) === undefined) return;
    changeKey(connection, key, { lastSyncError: storeMessage(problem) });
  });
  return { ok: false, rowsWritten: 0 };
};

const DONE: KeySync = { ok: true, rowsWritten: 0 };

/**
 * Syncs a key without a stored secret: everything is read through the management key of its account.
 * @param input.reach what to request from analytics, if the account was just listed; without it, the key is looked up first
 */
export async function syncListedKey(
  app: App,
  { key, priority, reach }: { key: ApiKey; priority: Priority; reach?: Reach | undefined },
): Promise<KeySync> {
  const account = key.accountId === null ? null : findAccount(app, key.accountId);
  const manager = account?.managementKeyId ? findKey(app, account.managementKeyId) : null;
  if (!account || !manager?.isActive || manager.status === "invalid")
    return fail(app, key, message("account_without_management_key", {}));
  const caller = callerOf(app, manager, priority);
  if (!caller) return fail(app, key, UNDECRYPTABLE);
  const asked = { key, account, manager, caller };
  return reach === undefined ? lookUp(app, asked) : readUsage(app, { ...asked, reach });
}

/** Reads the counters of a key, and its usage if they have changed. */
async function lookUp(app: App, asked: Asked): Promise<KeySync> {
  const { key, account, manager, caller } = asked;
  const changes = { accountId: account.id, now: app.clock.now() };
  const found = await app.openRouter.findKey(caller, key.keyHash);
  if (!found.ok && found.reason === "missing") {
    await noteGone(app, account, key);
    await app.db.write((connection) => notifyKeyChanges(connection, changes));
    return DONE;
  }
  if (!found.ok) return fail(app, key, found.problem);
  const isDated = found.deviationMs === undefined;
  const seen = await app.db.write((connection) => {
    const workspaces = listWorkspaceNames(connection, account.id);
    const listed = recordListing(app, connection, {
      ...{ account, manager, workspaces, isDated },
      keys: [found.data],
      date: found.date,
    });
    notifyKeyChanges(connection, changes);
    return listed;
  });
  const current = findKey(app, key.id);
  if (!seen || !current) return DONE;
  const need = needOf(current, { now: usageNow(app.clock), intervalMinutes: app.config.syncIntervalMinutes });
  if (need === null) return { ok: seen.synced > 0, rowsWritten: seen.rowsWritten };
  const read = await readUsage(app, { ...asked, key: current, reach: need.reach });
  return { ...read, rowsWritten: read.rowsWritten + seen.rowsWritten };
}

async function readUsage(app: App, { key, caller, reach }: Asked & { reach: Reach }): Promise<KeySync> {
  const today = currentDay(app.clock);
  const window = withinRetention(app, windowOf(key, reach, today), today);
  const answered = await fetchUsageOfKey(app, { caller, key, window, today });
  const { fetched, held, confirmed } = holdBack(app, { key, fetched: answered, allTime: key.usageNanos, today });
  const { problem } = fetched;
  const isSynced = problem === null || problem === held?.problem;
  const written = await app.db.write((connection) => {
    const booked = book(connection, {
      apiKeyId: key.id,
      teamId: key.teamId,
      now: usageNow(app.clock),
      poll: null,
      analytics: fetched.days.length > 0 ? { days: fetched.days, rows: fetched.rows } : null,
      oldestDay: oldestKept(app, today),
    });
    if (!booked) return null;
    const isExplained = problem === null && !hasUnattributed(connection, key.id, addDays(today, -EXPLAINED_DAYS));
    changeKey(connection, key, {
      ...(problem === null ? progressOf(key, { reach, today }) : {}),
      // Spend that analytics does not include yet is requested again.
      queriedNanos: isExplained ? key.usageNanos : null,
      queriedByokNanos: isExplained ? key.byokNanos : null,
      ...lastUse(key, booked.lastUsedDay, app.clock.now()),
      ...(isSynced ? { lastSyncedAt: app.clock.now() } : {}),
      lastSyncError: problem && storeMessage(problem),
    });
    noteHeld(connection, { keyId: key.id, answered: answered.days, held: held?.days ?? [] });
    recordReductions(connection, key, confirmed);
    if (held) reportToOwner(connection, key, { cause: held.problem, now: app.clock.now() });
    return booked;
  });
  // Deleted meanwhile.
  return written ? { ok: isSynced, rowsWritten: written.rowsWritten } : DONE;
}

/** Analytics may lag behind counters by this much. */
const EXPLAINED_DAYS = 2;

const hasUnattributed = (connection: Parameters<typeof book>[0], keyId: number, from: Day): boolean =>
  connection
    .prepare("SELECT 1 FROM usage_stats WHERE api_key_id = ? AND date >= ? AND model = ? LIMIT 1")
    .get(keyId, from, UNATTRIBUTED) !== undefined;

function progressOf(key: ApiKey, { reach, today }: { reach: Reach; today: Day }): KeyChange {
  return {
    watermark: today,
    ...(reach === "recent" ? {} : { monthResyncedOn: today }),
    ...(reach === "year" ? { yearResyncedOn: today } : {}),
    ...(key.countersAt === null ? {} : completeChange(key, { readAt: key.countersAt, today })),
  };
}
