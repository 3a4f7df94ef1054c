import type { ApiKey } from "@orwatch/db";
import { addDays, type Day, startOf, toDay, untilToday } from "@orwatch/domain/day";
import type { MessageCode } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { isUnsettled } from "../../keys/current.ts";
import type { KeyChange } from "../../keys/stored.ts";
import type { Answer } from "../../openrouter/requests/request.ts";
import type { CurrentKey } from "../../openrouter/schema.ts";
import { usageNow } from "../../platform/clock.ts";
import type { Findings } from "../../usage/record-findings.ts";
import type { Fetched } from "../analytics/fetch.ts";
import type { Reach, Window } from "../analytics/plan.ts";

/** Whether the counters of a response certainly belong to the day of its date. */
export const isCountable = (polled: Answer<CurrentKey> | null): polled is Extract<Answer<CurrentKey>, { ok: true }> =>
  polled?.ok === true && polled.deviationMs === undefined && !isUnsettled(polled.date);

/** Problems of OpenRouter that the team is notified about. Others are only shown at the key. */
export const REPORTED: ReadonlySet<string> = new Set<MessageCode>([
  "openrouter_counters_contradict",
  "openrouter_wrong_date",
]);

export function withinRetention(app: App, window: Window, today: Day): Window {
  const oldest = oldestKept(app, today);
  return oldest !== null && window.from < oldest ? { ...window, from: oldest } : window;
}

/** The first day that retention keeps; `null` if all are kept. */
export const oldestKept = (app: App, today: Day): Day | null =>
  app.config.retentionDays === 0 ? null : addDays(today, 1 - app.config.retentionDays);

export function findingsOf(
  app: App,
  input: { key: ApiKey; polled: Answer<CurrentKey> | null; fetched: Fetched | null; today: Day },
): Findings {
  const { key, polled, fetched } = input;
  const counts = isCountable(polled);
  return {
    apiKeyId: key.id,
    teamId: key.teamId,
    now: usageNow(app.clock),
    poll: counts ? { day: toDay(polled.date), ...polled.data } : null,
    analytics: fetched && fetched.days.length > 0 ? { days: fetched.days, rows: fetched.rows } : null,
    oldestDay: oldestKept(app, input.today),
  };
}

export function progressOf(input: {
  key: ApiKey;
  polled: Answer<CurrentKey> | null;
  fetched: Fetched | null;
  window: Window | null;
  reach: Reach | null;
  today: Day;
}): KeyChange {
  const { key, polled, fetched, window, reach, today } = input;
  const mayBeOfDayBefore = polled === null || (polled.ok && isUnsettled(polled.date));
  const settledThrough = addDays(today, mayBeOfDayBefore ? -2 : -1);
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
 * When a key was last used: the time of the poll if its counters changed since the previous one. For other days only the day is known, so its
 * end is used.
 */
export function lastUse(key: ApiKey, day: Day | null, now: Date): KeyChange {
  if (day === null || (key.lastUsedAt !== null && key.lastUsedAt >= startOf(day))) return {};
  const end = new Date(startOf(addDays(day, 1)).getTime() - 1);
  return { lastUsedAt: end < now ? end : now };
}
