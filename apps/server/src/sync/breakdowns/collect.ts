import type { Connection } from "@orwatch/db";
import { addDays, type Day, listDays, maxDay, toDay } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import type { BreakdownSettings } from "../../accounts/breakdowns/schema.ts";
import { readBreakdownSettings } from "../../accounts/breakdowns/settings.ts";
import { type Account, findAccount } from "../../accounts/stored.ts";
import type { App } from "../../app.ts";
import { callerOf } from "../../keys/service.ts";
import { findKey } from "../../keys/stored.ts";
import { isActiveTeam } from "../../memberships/active-teams.ts";
import { type AnalyticsDimension, type AnalyticsMeta, SPEED_METRICS } from "../../openrouter/breakdown-queries.ts";
import { usageNow } from "../../platform/clock.ts";
import { forEachSpread } from "../../platform/scheduling/pacing.ts";
import type { AccountDimension, BreakdownOwner, Dimension, KeyDimension } from "../../usage/breakdowns/dimensions.ts";
import { oldestBreakdownKept } from "../../usage/breakdowns/removal.ts";
import { noteAsked, storeDays } from "../../usage/breakdowns/store.ts";
import { listAnalytics } from "../analytics/listed-metrics.ts";
import type { Window } from "../analytics/plan.ts";
import { listDueWindows } from "./account-days.ts";
import { listDueKeys } from "./due.ts";
import { type Asking, type Fetched, fetchBreakdown, isRows, SPENT } from "./fetch.ts";
import { fetchHours, groupKeys } from "./hours.ts";

interface CollectCounts {
  breakdowns: number;
  failed: number;
  rowsWritten: number;
}

/** Accounts that are collected at the same time. The requests of each account are rate limited. */
const ACCOUNTS_AT_ONCE = 4;
/** Maximum number of requests per account and run. The next run continues. */
const MAX_REQUESTS = 200;
/** OpenRouter keeps hours, providers and similar dimensions this long. */
const KEPT_DAYS = 31;
/** How long incomplete days are requested again. */
const PARTIAL_DAYS = 3;

const NAMES: Record<Exclude<Dimension, "hour">, AnalyticsDimension> = {
  provider: "provider",
  app: "app",
  finish_reason: "finish_reason",
  end_user: "external_user",
  user: "user",
  workspace: "workspace",
};

const SETTINGS: Record<Dimension, keyof BreakdownSettings> = {
  provider: "providers",
  app: "apps",
  finish_reason: "finish_reasons",
  end_user: "end_users",
  user: "members",
  workspace: "workspaces",
  hour: "hours",
};

interface Work {
  app: App;
  account: Account;
  settings: BreakdownSettings;
  asking: Asking;
  now: Date;
  today: Day;
  /** First day that is kept. `null` if all are. */
  oldest: Day | null;
  counts: CollectCounts;
}

/** Collects the breakdowns of all accounts that are due. Syncs do not wait for it and do not fail with it. */
export async function collectBreakdowns(app: App): Promise<CollectCounts> {
  const counts: CollectCounts = { breakdowns: 0, failed: 0, rowsWritten: 0 };
  const ids = app.db.reader.prepare(ACCOUNTS).pluck().safeIntegers(false).all() as number[];
  const pace = { atOnce: ACCOUNTS_AT_ONCE, gapMs: 0, clock: app.clock, signal: app.stopping };
  await forEachSpread(ids, pace, async (id) => {
    await collectAccount(app, id, counts).catch((error) => {
      counts.failed += 1;
      app.log.error("breakdowns.account", { account_id: id, error });
    });
  });
  return counts;
}

const ACCOUNTS = `SELECT a.id FROM openrouter_accounts a
  JOIN api_keys k ON k.id = a.management_key_id AND k.is_active AND k.status <> 'invalid' WHERE a.last_listed_at IS NOT NULL AND ${isActiveTeam("a.team_id")} ORDER BY a.id`;

async function collectAccount(app: App, accountId: number, counts: CollectCounts): Promise<void> {
  const account = findAccount(app, accountId);
  const manager = account?.managementKeyId ? findKey(app, account.managementKeyId) : null;
  const caller = manager && callerOf(app, manager, "archive");
  if (!account || !caller) return;
  const now = usageNow(app.clock);
  const today = toDay(now);
  const work: Work = {
    app,
    account,
    settings: readBreakdownSettings(account.breakdowns),
    asking: { caller, budget: { left: MAX_REQUESTS } },
    now,
    today,
    oldest: oldestBreakdownKept(app.config, today),
    counts,
  };
  for (const collect of [collectHours, collectOfAccount, collectOfKeys]) await collect(work);
}

const since = ({ oldest }: Work, day: Day): Day => (oldest === null ? day : maxDay(day, oldest));

const dueKeysOf = (work: Work, dimension: KeyDimension, through: Day) =>
  listDueKeys(work.app, {
    accountId: work.account.id,
    dimension,
    window: { from: since(work, addDays(work.today, 1 - KEPT_DAYS)), through },
    partialFrom: addDays(work.today, -PARTIAL_DAYS),
    now: work.now,
  });

async function collectHours(work: Work): Promise<void> {
  const { app, asking, today } = work;
  const keys = work.settings.hours ? dueKeysOf(work, "hour", today) : [];
  if (keys.length === 0) return;
  const meta = await metaOf(work);
  if (!meta?.granularities.has("hour")) return;
  for (const group of groupKeys(keys, addDays(today, -1))) {
    const fetched = await fetchHours(app, asking, group);
    for (const key of group)
      await store(work, {
        owner: { apiKeyId: key.id },
        dimension: "hour",
        window: key,
        fetched: fetched.get(key.id) ?? SPENT,
        readAt: key.syncedAt,
      });
  }
}

async function collectOfKeys(work: Work): Promise<void> {
  const { app, asking, settings, today } = work;
  for (const dimension of ["provider", "app", "finish_reason", "end_user"] as const) {
    const keys = settings[SETTINGS[dimension]] ? dueKeysOf(work, dimension, addDays(today, -1)) : [];
    if (keys.length === 0) continue;
    const meta = await metaOf(work);
    if (!meta?.dimensions.has(NAMES[dimension])) continue;
    const hasSpeed = SPEED_METRICS.every((metric) => meta.metrics.has(metric));
    const withSpeed = dimension === "provider" && settings.performance && hasSpeed;
    for (const key of keys) {
      if (asking.budget.left <= 0 || app.stopping.aborted) return;
      const window = { from: key.from, through: key.through };
      const query = { ...window, keyHashes: [key.hash], dimension: NAMES[dimension], withSpeed };
      const fetched = await fetchBreakdown(app, asking, query);
      await store(work, { owner: { apiKeyId: key.id }, dimension, window, fetched });
    }
  }
}

async function collectOfAccount(work: Work): Promise<void> {
  const { app, account, now, oldest } = work;
  const spread = (account.identity ?? "").replaceAll("-", "").padEnd(6, "0");
  for (const dimension of ["app", "user", "workspace"] as const) {
    if (!work.settings[SETTINGS[dimension]]) continue;
    const windows = listDueWindows(app, { accountId: account.id, dimension, oldest, now, spread });
    if (windows.length === 0) continue;
    const meta = await metaOf(work);
    if (!meta?.dimensions.has(NAMES[dimension])) continue;
    await collectWindows(work, { dimension, windows });
  }
}

/** The request is noted after the last window, so that the next run continues if one stops early. */
async function collectWindows(
  work: Work,
  { dimension, windows }: { dimension: AccountDimension; windows: Window[] },
): Promise<void> {
  const { app, asking } = work;
  for (const [index, window] of windows.entries()) {
    const query = { ...window, keyHashes: null, dimension: NAMES[dimension], withSpeed: false };
    const fetched = await fetchBreakdown(app, asking, query);
    const isLast = index === windows.length - 1;
    const owner = { accountId: work.account.id };
    const isDone = await store(work, { owner, dimension, window, fetched, isNoted: isLast });
    if (!isDone) return;
  }
}

/** What queries may use. `null` if it is unknown at the moment. */
async function metaOf({ app, account, asking }: Work): Promise<AnalyticsMeta | null> {
  const answer = await listAnalytics(app, asking.caller);
  if (answer.ok) return answer.data;
  app.log.warn("breakdowns.meta", { account_id: account.id, problem: answer.problem.code });
  return null;
}

/** Stores a response and its result. @returns whether the response was complete */
async function store(
  work: Work,
  input: {
    owner: BreakdownOwner;
    dimension: Dimension;
    window: Window;
    fetched: Fetched;
    isNoted?: boolean;
    readAt?: Date | null;
  },
): Promise<boolean> {
  const { app, account, counts, now } = work;
  const readAt = input.readAt ?? now;
  const { owner, dimension, window, fetched, isNoted = true } = input;
  if (fetched === SPENT) return false;
  const stored = await app.db.write((connection) => {
    // End users may have been turned off, and deleted, since they were requested.
    if (!isWanted(connection, account.id, dimension)) return { problem: null, rowsWritten: 0 };
    const done = isRows(fetched)
      ? storeDays(connection, {
          owner,
          teamId: account.teamId,
          dimension,
          days: listDays(window.from, window.through),
          rows: fetched,
          openHour: { day: toDay(readAt), hour: readAt.getUTCHours() },
        })
      : null;
    const problem = done === null ? (fetched as Message) : disagreement([...done.rejected, ...done.empty]);
    if (isNoted || problem !== null) noteAsked(connection, { owner, dimension, at: now, problem });
    return { problem, rowsWritten: done?.rowsWritten ?? 0 };
  });
  counts.breakdowns += 1;
  counts.rowsWritten += stored.rowsWritten;
  if (stored.problem === null) return true;
  counts.failed += 1;
  app.log.warn("breakdowns.problem", { account_id: account.id, ...owner, dimension, problem: stored.problem.code });
  return isRows(fetched);
}

function isWanted(connection: Connection, accountId: number, dimension: Dimension): boolean {
  if (dimension !== "end_user") return true;
  const stored = connection.prepare("SELECT breakdowns FROM openrouter_accounts WHERE id = ?").pluck().get(accountId);
  return typeof stored === "string" && readBreakdownSettings(stored).end_users;
}

const SHOWN_DAYS = 3;

const disagreement = (days: Day[]): Message | null =>
  days.length === 0
    ? null
    : message("openrouter_breakdown_disagrees", {
        days: days.toSorted().slice(0, SHOWN_DAYS),
        more: Math.max(0, days.length - SHOWN_DAYS),
      });
