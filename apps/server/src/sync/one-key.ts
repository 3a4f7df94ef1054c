import type { ApiKey } from "@orwatch/db";
import { addDays, type Day, startOf, toDay, untilToday } from "@orwatch/domain/day";
import { type Message, type MessageCode, message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import type { App } from "../app.ts";
import { isUnsettled } from "../keys/current.ts";
import { UNDECRYPTABLE } from "../keys/lockout.ts";
import { callerOf } from "../keys/service.ts";
import { changeKey, type KeyChange } from "../keys/stored.ts";
import { recordAnswer } from "../keys/validate.ts";
import type { Answer, Caller } from "../openrouter/client.ts";
import type { Priority } from "../openrouter/pace.ts";
import type { CurrentKey } from "../openrouter/schema.ts";
import { currentDay, usageNow } from "../platform/clock.ts";
import { book, type Findings } from "../usage/book.ts";
import { holdBack, noteHeld } from "../usage/hold.ts";
import { type Cover, findCover } from "./cover.ts";
import { type Fetched, fetchUsage } from "./fetch.ts";
import type { KeySync } from "./memory.ts";
import { planWindow, type Reach, type Window } from "./plan.ts";
import { reportToOwner } from "./report.ts";
import { wrongDate } from "./wrong-date.ts";

async function fail(app: App, key: ApiKey, problem: Message): Promise<KeySync> {
  await app.db.write((connection) => changeKey(connection, key, { lastSyncError: storeMessage(problem) }));
  return { ok: false, rowsWritten: 0 };
}

/** A management key: whether it works, the credits of its account, and how many of the account's keys are watched here. */
export async function syncManagementKey(app: App, input: { key: ApiKey; priority: Priority }): Promise<KeySync> {
  const caller = callerOf(app, input.key, input.priority);
  if (!caller) return fail(app, input.key, UNDECRYPTABLE);
  const answer = await app.openRouter.getCurrentKey(caller);
  const key = await recordAnswer(app, input.key, answer);
  if (!answer.ok) return fail(app, key, answer.problem);
  const credits = await app.openRouter.getCredits(caller);
  const account = await describeAccount(app, key, caller);
  const problem =
    answer.deviationMs !== undefined
      ? wrongDate(answer.deviationMs)
      : credits.ok
        ? null
        : message("credits_unavailable", { cause: credits.problem });
  const change = {
    ...(credits.ok ? { creditsTotalNanos: credits.data.total, creditsUsedNanos: credits.data.used } : {}),
    ...(account === null ? {} : { statusMessage: storeMessage(account) }),
    lastSyncedAt: app.clock.now(),
    lastSyncError: problem && storeMessage(problem),
    coverCheckedAt: app.clock.now(),
  };
  await app.db.write((connection) => changeKey(connection, key, change));
  return { ok: true, rowsWritten: 0 };
}

const countWatched = (app: App, userId: number, hashes: string[]) =>
  app.db.reader
    .prepare<[number, string], number>(
      "SELECT count(*) FROM api_keys WHERE user_id = ? AND key_hash IN (SELECT value FROM json_each(?))",
    )
    .pluck()
    .get(userId, JSON.stringify(hashes));

/** How many keys the account has, and how many of them are watched. `null` when the account does not say. */
async function describeAccount(app: App, key: ApiKey, caller: Caller): Promise<Message | null> {
  const listed = await app.openRouter.listKeys(caller);
  if (!listed.ok) return null;
  const hashes = listed.data.map(({ hash }) => hash);
  const watched = Number(countWatched(app, key.userId, hashes));
  return message("account_keys_watched", { keys: hashes.length, watched });
}

/** A key that spends: its counters, and its usage by model where a management key covers it. */
export async function syncInferenceKey(
  app: App,
  input: { key: ApiKey; managers: ApiKey[]; priority: Priority },
): Promise<KeySync> {
  const caller = callerOf(app, input.key, input.priority);
  if (!caller) return fail(app, input.key, UNDECRYPTABLE);
  const polled = await app.openRouter.getCurrentKey(caller);
  const key = await recordAnswer(app, input.key, polled);
  if (key.kind === "management") {
    // Stored while OpenRouter was away: only now is it known that it may cover the others.
    await app.db.prisma.apiKey.updateMany({ where: { userId: key.userId }, data: { coverCheckedAt: null } });
    return syncManagementKey(app, { key, priority: input.priority });
  }
  const today = polled.ok ? toDay(polled.date) : currentDay(app.clock);
  const cover = await findCover(app, { ...input, key });
  const plan = cover ? planWindow(key, today) : null;
  const window = plan && withinRetention(app, plan, today);
  const answered = cover && window ? await fetchFrom(app, { cover, key, window, today }) : null;
  const allTime = isCountable(polled) ? polled.data.usage : null;
  const { fetched, held } = answered
    ? holdBack(app, { key, fetched: answered, allTime, today })
    : { fetched: null, held: null };
  const problem = problemOf(polled, fetched);
  // Days that are held say something of OpenRouter's answer; the sync itself has worked.
  const isSynced = problem === null || problem === held?.problem;
  const written = await app.db.write((connection) => {
    const booked = book(connection, findingsOf(app, { key, polled, fetched, today }));
    if (!booked) return null;
    changeKey(connection, key, {
      ...progressOf({ key, polled, fetched, reach: plan?.reach ?? null, window, today }),
      ...lastUse(key, booked.lastUsedDay, app.clock.now()),
      ...(isSynced ? { lastSyncedAt: app.clock.now() } : {}),
      lastSyncError: problem && storeMessage(problem),
    });
    if (answered) noteHeld(connection, { keyId: key.id, answered: answered.days, held: held?.days ?? [] });
    if (held) reportToOwner(connection, key, { cause: held.problem, now: app.clock.now() });
    if (problem !== null && REPORTED.has(problem.code))
      reportToOwner(connection, key, { cause: problem, now: app.clock.now() });
    return booked;
  });
  // Deleted meanwhile.
  if (!written) return { ok: true, rowsWritten: 0 };
  return { ok: isSynced, rowsWritten: written.rowsWritten };
}

/** Whether the counters of an answer are certain to belong to the day of its date. */
const isCountable = (polled: Answer<CurrentKey>): polled is Extract<Answer<CurrentKey>, { ok: true }> =>
  polled.ok && polled.deviationMs === undefined && !isUnsettled(polled.date);

/** Faults of OpenRouter's that its owner hears of; the others stand at the key alone. */
const REPORTED: ReadonlySet<string> = new Set<MessageCode>(["openrouter_counters_contradict", "openrouter_wrong_date"]);

function withinRetention(app: App, window: Window, today: Day): Window {
  const oldest = oldestKept(app, today);
  return oldest !== null && window.from < oldest ? { ...window, from: oldest } : window;
}

const oldestKept = (app: App, today: Day): Day | null =>
  app.config.retentionDays === 0 ? null : addDays(today, 1 - app.config.retentionDays);

function fetchFrom(app: App, input: { cover: Cover; key: ApiKey; window: Window; today: Day }): Promise<Fetched> {
  const stored = app.db.reader.prepare(
    "SELECT 1 FROM usage_days WHERE api_key_id = ? AND date BETWEEN ? AND ? AND attributed AND requests > 0 LIMIT 1",
  );
  return fetchUsage(app.openRouter, {
    caller: input.cover.caller,
    keyHash: input.key.keyHash,
    window: { from: input.window.from, through: input.window.through },
    today: input.today,
    hasStoredUsage: ({ from, through }) => stored.get(input.key.id, from, through) !== undefined,
  });
}

function findingsOf(
  app: App,
  input: { key: ApiKey; polled: Answer<CurrentKey>; fetched: Fetched | null; today: Day },
): Findings {
  const { key, polled, fetched } = input;
  const counts = isCountable(polled);
  return {
    apiKeyId: key.id,
    userId: key.userId,
    now: usageNow(app.clock),
    poll: counts ? { day: toDay(polled.date), ...polled.data } : null,
    analytics: fetched && fetched.days.length > 0 ? { days: fetched.days, rows: fetched.rows } : null,
    oldestDay: oldestKept(app, input.today),
  };
}

/** `null` when everything that could be asked was answered. */
function problemOf(polled: Answer<CurrentKey>, fetched: Fetched | null): Message | null {
  if (polled.ok && polled.deviationMs !== undefined) return wrongDate(polled.deviationMs);
  if (!polled.ok && polled.problem.code === "openrouter_counters_contradict") return polled.problem;
  if (fetched) return fetched.problem;
  return polled.ok ? null : polled.problem;
}

function progressOf(input: {
  key: ApiKey;
  polled: Answer<CurrentKey>;
  fetched: Fetched | null;
  window: Window | null;
  reach: Reach | null;
  today: Day;
}): KeyChange {
  const { key, polled, fetched, window, reach, today } = input;
  const settledThrough = addDays(today, polled.ok && isUnsettled(polled.date) ? -2 : -1);
  const isWhole = fetched !== null && fetched.problem === null && window !== null;
  const isCounted = isCountable(polled);
  const complete = untilToday(key.completeThrough, today);
  const through = isWhole || isCounted ? settledThrough : null;
  return {
    ...(isWhole
      ? {
          watermark: today,
          ...(reach === "recent" ? {} : { monthResyncedOn: today }),
          ...(reach === "year" ? { yearResyncedOn: today } : {}),
        }
      : {}),
    ...(through !== null && (complete === null || through > complete) ? { completeThrough: through } : {}),
  };
}

/**
 * A key seen spending between two polls carries that instant; of other days only the day is known, and its end is the latest it can
 * have been.
 */
function lastUse(key: ApiKey, day: Day | null, now: Date): KeyChange {
  if (day === null || (key.lastUsedAt !== null && key.lastUsedAt >= startOf(day))) return {};
  const end = new Date(startOf(addDays(day, 1)).getTime() - 1);
  return { lastUsedAt: end < now ? end : now };
}
