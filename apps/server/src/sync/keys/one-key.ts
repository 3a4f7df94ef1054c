import type { ApiKey } from "@orwatch/db";
import { toDay } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { recordCredits } from "../../accounts/credits/credits-history.ts";
import { findAccount } from "../../accounts/stored.ts";
import type { App } from "../../app.ts";
import { callerOf } from "../../keys/service.ts";
import { changeKey } from "../../keys/stored.ts";
import { UNDECRYPTABLE } from "../../keys/validation/lockout.ts";
import { storeKeyResponse } from "../../keys/validation/validate.ts";
import type { Priority } from "../../openrouter/requests/pace.ts";
import type { Answer } from "../../openrouter/requests/request.ts";
import type { CurrentKey } from "../../openrouter/schema.ts";
import { currentDay } from "../../platform/clock.ts";
import { holdBack, noteHeld } from "../../usage/counters/held-reductions.ts";
import { book } from "../../usage/record-findings.ts";
import { listAccount, noteStopped, stoppedBy } from "../accounts/list-account.ts";
import { wrongDate } from "../analytics/completeness.ts";
import { type Fetched, fetchUsageOfKey } from "../analytics/fetch.ts";
import { planWindow } from "../analytics/plan.ts";
import type { KeySync } from "../memory.ts";
import { findCoveringKey } from "./coverage.ts";
import { findingsOf, isCountable, lastUse, progressOf, REPORTED, withinRetention } from "./findings.ts";
import { recordReductions, reportToOwner } from "./report.ts";

async function fail(app: App, key: ApiKey, problem: Message): Promise<KeySync> {
  await app.db.write((connection) => changeKey(connection, key, { lastSyncError: storeMessage(problem) }));
  return { ok: false, rowsWritten: 0 };
}

/** Syncs a management key: checks it, and reads the credits and keys of its account. */
export async function syncManagementKey(app: App, input: { key: ApiKey; priority: Priority }): Promise<KeySync> {
  const caller = callerOf(app, input.key, input.priority);
  if (!caller) return failManager(app, input.key, UNDECRYPTABLE);
  const answer = await app.openRouter.getCurrentKey(caller);
  const key = await storeKeyResponse(app, input.key, answer);
  if (!answer.ok) return failManager(app, key, answer.problem);
  const credits = await app.openRouter.getCredits(caller);
  const listing = await listAccount(app, { manager: key, caller });
  const problem =
    answer.deviationMs !== undefined
      ? wrongDate(answer.deviationMs)
      : credits.ok
        ? null
        : message("credits_unavailable", { cause: credits.problem });
  const change = {
    ...(credits.ok ? { creditsTotalNanos: credits.data.total, creditsUsedNanos: credits.data.used } : {}),
    ...(listing && listing.problem === null
      ? {
          statusMessage: storeMessage(
            message("account_keys_watched", { keys: listing.keys, watched: listing.watched }),
          ),
        }
      : {}),
    lastSyncedAt: app.clock.now(),
    lastSyncError: problem && storeMessage(problem),
    coverCheckedAt: app.clock.now(),
  };
  await app.db.write((connection) => {
    changeKey(connection, key, change);
    if (listing && credits.ok && credits.deviationMs === undefined)
      recordCredits(connection, { accountId: listing.account.id, at: credits.date, ...credits.data });
  });
  return {
    ok: true,
    rowsWritten: listing?.rowsWritten ?? 0,
    ...(listing ? { listing: { accountId: listing.account.id, synced: listing.synced } } : {}),
  };
}

/** Handles a management key that cannot be used. Its account is marked if it has no other. */
async function failManager(app: App, key: ApiKey, problem: Message): Promise<KeySync> {
  const account = key.accountId === null ? null : findAccount(app, key.accountId);
  if (account?.managementKeyId === key.id) await noteStopped(app, account.id, stoppedBy(key, problem));
  return fail(app, key, problem);
}

/** Syncs an inference key: its counters, and its usage by model if a management key covers it. */
export async function syncInferenceKey(
  app: App,
  input: { key: ApiKey; managers: ApiKey[]; priority: Priority },
): Promise<KeySync> {
  const caller = callerOf(app, input.key, input.priority);
  if (!caller) return fail(app, input.key, UNDECRYPTABLE);
  const polled = await app.openRouter.getCurrentKey(caller);
  const key = await storeKeyResponse(app, input.key, polled);
  if (key.kind === "management") {
    // Stored while OpenRouter was unreachable. Only now it is known that the key may cover others.
    await app.db.prisma.apiKey.updateMany({ where: { teamId: key.teamId }, data: { coverCheckedAt: null } });
    return syncManagementKey(app, { key, priority: input.priority });
  }
  const today = polled.ok ? toDay(polled.date) : currentDay(app.clock);
  const cover = await findCoveringKey(app, { ...input, key });
  const plan = cover ? planWindow(key, today) : null;
  const window = plan && withinRetention(app, plan, today);
  const answered = cover && window ? await fetchUsageOfKey(app, { caller: cover.caller, key, window, today }) : null;
  const allTime = isCountable(polled) ? polled.data.usage : null;
  const { fetched, held, confirmed } = answered
    ? holdBack(app, { key, fetched: answered, allTime, today })
    : { fetched: null, held: null, confirmed: [] };
  const problem = problemOf(key, polled, fetched);
  // Held days are a problem of the response; the sync itself has succeeded.
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
    recordReductions(connection, key, confirmed);
    if (held) reportToOwner(connection, key, { cause: held.problem, now: app.clock.now() });
    if (problem !== null && REPORTED.has(problem.code))
      reportToOwner(connection, key, { cause: problem, now: app.clock.now() });
    return booked;
  });
  // Deleted meanwhile.
  if (!written) return { ok: true, rowsWritten: 0 };
  return { ok: isSynced, rowsWritten: written.rowsWritten };
}

/** `null` if all requests succeeded. */
function problemOf(key: ApiKey, polled: Answer<CurrentKey>, fetched: Fetched | null): Message | null {
  if (polled.ok && polled.deviationMs !== undefined) return wrongDate(polled.deviationMs);
  if (!polled.ok && polled.problem.code === "openrouter_counters_contradict") return polled.problem;
  if (fetched) return fetched.problem;
  // The reason is stored at its account.
  if (!polled.ok && polled.reason === "unauthorized" && key.goneAt !== null)
    return message("openrouter_key_deleted", {});
  return polled.ok ? null : polled.problem;
}
