import type { ApiKey, Connection } from "@orwatch/db";
import { addDays, type Day, toDay, untilToday } from "@orwatch/domain/day";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { compareListed, isListable, nameOf, newKeyOf, type SeenKey } from "../../accounts/discovery.ts";
import { type AccountEvent, recordEvents } from "../../accounts/events.ts";
import type { Account } from "../../accounts/stored.ts";
import type { App } from "../../app.ts";
import { isUnsettled } from "../../keys/current.ts";
import { hasSecret } from "../../keys/service.ts";
import { changeKey, findKeysByHash, insertKey, type KeyChange } from "../../keys/stored.ts";
import type { ListedKey } from "../../openrouter/schema.ts";
import { storedInstant, usageNow } from "../../platform/clock.ts";
import { bumpDataVersion } from "../../usage/data-version.ts";
import { book } from "../../usage/record-findings.ts";
import { noteResidualsStale } from "../../usage/residuals/residual-progress.ts";
import { oldestKept } from "../keys/findings.ts";
import { needOf } from "./due.ts";

/** Maximum number of keys per OpenRouter account, without those that were deleted there. */
export const MAX_KEYS = 5_000;

/** Keys in one response of OpenRouter. */
export interface Page {
  account: Account;
  manager: ApiKey;
  keys: ListedKey[];
  /** Names of workspaces by ID. */
  workspaces: ReadonlyMap<string, string>;
  /** Time of the response by OpenRouter's clock, and whether it is certain. */
  date: Date;
  isDated: boolean;
  /** Whether the user caused its new keys, and is not notified of them. */
  isRestored?: boolean;
}

interface ListingResult {
  rowsWritten: number;
  /** Watched keys without a secret that need no further request. */
  synced: number;
  /** True if new keys were not added because of `MAX_KEYS`. */
  isFull: boolean;
}

const CONTRADICTION = storeMessage(message("openrouter_counters_contradict", {}));

/**
 * Records listed keys of an account, inside the caller's transaction: new keys, changes, and the
 * counters of keys without a stored secret. Idempotent.
 * @returns `null` if the account no longer exists or has another management key now
 */
export function recordListing(app: App, connection: Connection, page: Page): ListingResult | null {
  const { account, manager } = page;
  const lister = connection
    .prepare("SELECT management_key_id FROM openrouter_accounts WHERE id = ?")
    .pluck()
    .safeIntegers(false)
    .get(account.id);
  if (lister !== manager.id) return null;
  const now = app.clock.now();
  const listed = page.keys.filter(isListable);
  const stored = findKeysByHash(
    connection,
    account.teamId,
    listed.map(({ hash }) => hash),
  );
  const removed = readRemoved(connection, account.id);
  const result: ListingResult = { rowsWritten: 0, synced: 0, isFull: false };
  const events: AccountEvent[] = [];
  const seen: { looked: number[]; synced: ApiKey[] } = { looked: [], synced: [] };
  let room = MAX_KEYS - countKeys(connection, account.id);
  // OpenRouter lists the newest first. They get the highest IDs.
  for (const key of [...listed].reverse()) {
    if (removed.has(key.hash)) continue;
    const before = stored.get(key.hash);
    if (before?.kind === "management") continue;
    const sight: SeenKey = {
      listed: key,
      workspaceName: key.workspaceId === null ? null : (page.workspaces.get(key.workspaceId) ?? null),
      accountId: account.id,
      manager,
      readAt: page.date,
      now,
    };
    if (!before && room <= 0) {
      result.isFull = true;
      continue;
    }
    const outcome = before ? change(connection, account, before, sight) : add(connection, account, sight);
    if (!before) room -= 1;
    events.push(...outcome.events.map((event) => ({ keyHash: key.hash, message: event })));
    // A key that is not watched is not synced either, so that nothing else removes the error.
    if (!outcome.key.isActive && outcome.key.lastSyncError !== null)
      changeKey(connection, outcome.key, { lastSyncError: null });
    if (hasSecret(outcome.key)) continue;
    seen.looked.push(outcome.key.id);
    if (!outcome.key.isActive) continue;
    result.rowsWritten += bookCounters(app, connection, {
      key: outcome.key,
      page,
      hasContradiction: key.hasContradiction,
    });
    const need = needOf(outcome.key, { now: usageNow(app.clock), intervalMinutes: app.config.syncIntervalMinutes });
    if (key.hasContradiction) changeKey(connection, outcome.key, { lastSyncError: CONTRADICTION });
    else if (need === null && page.isDated) seen.synced.push(outcome.key);
  }
  result.synced = seen.synced.length;
  noteLooked(connection, { ids: seen.looked, at: page.date, now });
  noteSynced(connection, { keys: seen.synced, page, now });
  recordEvents(connection, { accountId: account.id, at: now, events, areNotified: !page.isRestored });
  if (seen.looked.length > 0) bumpDataVersion(connection, account.teamId);
  return result;
}

const readRemoved = (connection: Connection, accountId: number): Set<unknown> =>
  new Set(connection.prepare("SELECT key_hash FROM removed_keys WHERE account_id = ?").pluck().all(accountId));

const countKeys = (connection: Connection, accountId: number): number =>
  Number(
    connection
      .prepare(
        `SELECT count(*) FROM api_keys
         WHERE account_id = ? AND coalesce(kind, '') NOT IN ('management', 'residual') AND gone_at IS NULL`,
      )
      .pluck()
      .get(accountId),
  );

function add(connection: Connection, account: Account, sight: SeenKey) {
  const key = insertKey(connection, newKeyOf(sight, { teamId: account.teamId, isWatched: account.watch === "all" }));
  // For the first listing, one event with the number of keys replaces one event per key.
  const isNews = account.lastListedAt !== null;
  const found = message("account_key_found", { key: nameOf(sight.listed), workspace: sight.workspaceName });
  return { key, events: isNews ? [found] : [] };
}

function change(connection: Connection, account: Account, before: ApiKey, sight: SeenKey) {
  const { change, events } = compareListed(before, sight, account);
  changeKey(connection, before, change);
  if (before.accountId !== account.id) noteResidualsStale(connection, account.id);
  return { key: { ...before, ...change } as ApiKey, events };
}

/** Records the counters of a watched key if they changed or a new day began. @returns the number of usage rows written */
function bookCounters(
  app: App,
  connection: Connection,
  { key, page, hasContradiction }: { key: ApiKey; page: Page; hasContradiction: boolean },
): number {
  const { usageNanos: usage, usageDailyNanos: daily } = key;
  if (!page.isDated || isUnsettled(page.date) || hasContradiction || usage === null || daily === null) return 0;
  const day = toDay(page.date);
  const byok =
    key.byokNanos === null || key.byokDailyNanos === null
      ? null
      : {
          usage: key.byokNanos,
          daily: key.byokDailyNanos,
          weekly: key.byokWeeklyNanos,
          monthly: key.byokMonthlyNanos,
        };
  const isUnused = usage === 0n && (byok?.usage ?? 0n) === 0n && key.polledDay !== null && key.polledNanos === 0n;
  const isSame =
    key.polledDay === day &&
    key.polledNanos === usage &&
    (byok === null || (key.polledByokDay === day && key.polledByokNanos === byok.usage));
  if (isUnused || isSame) return 0;
  const booked = book(connection, {
    apiKeyId: key.id,
    teamId: key.teamId,
    now: usageNow(app.clock),
    poll: { day, usage, daily, weekly: key.usageWeeklyNanos, monthly: key.usageMonthlyNanos, byok },
    analytics: null,
    oldestDay: oldestKept(app, day),
  });
  return booked?.rowsWritten ?? 0;
}

function noteLooked(connection: Connection, { ids, at, now }: { ids: number[]; at: Date; now: Date }): void {
  connection
    .prepare(
      `UPDATE api_keys SET counters_at = ?, last_validated_at = ?, cover_checked_at = ?
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .run(storedInstant(at), storedInstant(now), storedInstant(now), JSON.stringify(ids));
}

/** Marks keys without changes as synced: they are as complete as OpenRouter's counters. */
function noteSynced(connection: Connection, { keys, page, now }: { keys: ApiKey[]; page: Page; now: Date }): void {
  const settled = settledThrough(page.date);
  const today = toDay(page.date);
  connection
    .prepare(
      `UPDATE api_keys SET last_synced_at = ?, last_sync_error = NULL,
         complete_through = iif(complete_through IS NULL OR complete_through < ? OR complete_through > ?, ?, complete_through)
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .run(storedInstant(now), settled, today, settled, JSON.stringify(keys.map(({ id }) => id)));
}

/** The last complete day of counters read at an instant. */
const settledThrough = (readAt: Date): Day => addDays(toDay(readAt), isUnsettled(readAt) ? -2 : -1);

/** `completeThrough` of a key after a complete response. */
export function completeChange(key: ApiKey, { readAt, today }: { readAt: Date; today: Day }): KeyChange {
  const complete = untilToday(key.completeThrough, today);
  const through = settledThrough(readAt);
  return complete === null || through > complete ? { completeThrough: through } : {};
}
