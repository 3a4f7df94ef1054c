import type { Connection } from "@orwatch/db";
import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { isActiveTeam } from "../../memberships/active-teams.ts";
import { storedInstant } from "../../platform/clock.ts";
import { ABOUT_NO_KEY, insertNotification } from "../inbox/notifications.ts";
import type { DeliveryAttempt } from "../providers/define.ts";
import { queueDeliveries } from "./outbox.ts";
import { nextTry } from "./retry.ts";

/** A message that this process is sending. */
export interface Claimed {
  id: number;
  channelId: number;
  teamId: number;
  kind: "notice" | "digest";
  channelKind: string;
  channelName: string;
  language: Language;
  ref: string;
  settings: string;
  messageId: string;
  /** Number of attempts, including this one. */
  attempts: number;
  firstTriedAt: string;
  createdAt: string;
  /** Identifies this claim, which must still be held when the attempt is recorded. */
  claimedUntil: string;
  /** 1 if the channel's last attempt failed. */
  isFailing: number;
  body: string | null;
  notificationKind: string | null;
  title: string | null;
  items: string | null;
}

/** Maximum number of simultaneous deliveries: in total, through failing channels, and per team. Each channel sends one at a time. */
export const MAX_ACTIVE = 32;
const MAX_FAILING = 16;
const MAX_PER_TEAM = 4;

/** Longer than any attempt takes. An older claim belongs to a process that was killed. */
const CLAIM_MS = 60_000;
/** A retry is never scheduled later than this. */
const FARTHEST_TRY_MS = 48 * 3_600_000;
/** The first attempt is never scheduled later than this: the longest snooze, plus the quiet hours in which it ends. */
const FARTHEST_MS = 32 * 24 * 3_600_000;
const MAX_CANDIDATES = 500;

/** Condition for due `deliveries d`. Those scheduled before the clock was set back are due immediately. */
export const IS_DUE =
  "(d.next_try_at <= @now OR (d.next_try_at > @farTry AND (d.attempts > 0 OR d.next_try_at > @far OR d.created_at > @soon)))";

const DUE = `
  SELECT d.id, d.channel_id AS channelId, c.team_id AS teamId, c.failing_since IS NOT NULL AS isFailing, min(d.next_try_at)
  FROM deliveries d JOIN channels c ON c.id = d.channel_id
  WHERE d.state IN ('waiting', 'sending') AND d.kind <> 'test'
    AND iif(d.state = 'waiting', ${IS_DUE}, d.claimed_until <= @now OR d.claimed_until > @farClaim)
    AND c.is_active AND c.confirmed_at IS NOT NULL AND ${isActiveTeam("c.team_id")}
  GROUP BY d.channel_id
  ORDER BY isFailing, min(d.next_try_at), d.id LIMIT ${MAX_CANDIDATES}`;

const TAKE = `
  UPDATE deliveries SET state = 'sending', attempts = attempts + 1, claimed_until = @until, last_tried_at = @now,
    first_tried_at = coalesce(first_tried_at, @now) WHERE id = @id`;

const READ = `
  SELECT d.id, d.channel_id AS channelId, c.team_id AS teamId, d.kind, c.kind AS channelKind, c.name AS channelName, c.language, c.ref,
    c.settings_encrypted AS settings, d.message_id AS messageId, d.attempts, d.first_tried_at AS firstTriedAt,
    coalesce(n.created_at, d.created_at) AS createdAt, d.claimed_until AS claimedUntil, c.failing_since IS NOT NULL AS isFailing,
    d.body, n.kind AS notificationKind, n.title, n.items
  FROM deliveries d JOIN channels c ON c.id = d.channel_id LEFT JOIN notifications n ON n.id = d.notification_id WHERE d.id = ?`;

/** Parameters of `IS_DUE`. */
export function dueBounds(app: App) {
  const at = (ms: number) => storedInstant(new Date(app.clock.now().getTime() + ms));
  return { now: at(0), soon: at(CLAIM_MS), farTry: at(FARTHEST_TRY_MS), far: at(FARTHEST_MS) };
}

/** Claims due messages within the limits given the `active` ones, one per channel. Each message is claimed only once. */
export function claimDue(app: App, active: Claimed[]): Promise<Claimed[]> {
  const time = app.clock.now().getTime();
  const at = (ms: number) => storedInstant(new Date(time + ms));
  const busy = new Set(active.map(({ channelId }) => channelId));
  const perTeam = new Map<number, number>();
  for (const { teamId } of active) perTeam.set(teamId, (perTeam.get(teamId) ?? 0) + 1);
  let room = MAX_ACTIVE - active.length;
  let failing = active.filter(({ isFailing }) => isFailing).length;
  return app.db.write((connection) => {
    giveUpTests(connection, at(0));
    const due = connection
      .prepare(DUE)
      .safeIntegers(false)
      .all({ ...dueBounds(app), farClaim: at(10 * CLAIM_MS) }) as Claimed[];
    const take = connection.prepare(TAKE);
    const read = connection.prepare(READ).safeIntegers(false);
    const claimed: Claimed[] = [];
    for (const { id, channelId, teamId, isFailing } of due) {
      if (room === 0) break;
      const ofTeam = perTeam.get(teamId) ?? 0;
      if (busy.has(channelId) || ofTeam >= MAX_PER_TEAM || (isFailing && failing >= MAX_FAILING)) continue;
      take.run({ id, now: at(0), until: at(CLAIM_MS) });
      claimed.push(read.get(id) as Claimed);
      room -= 1;
      failing += isFailing;
      perTeam.set(teamId, ofTeam + 1);
    }
    return claimed;
  });
}

/** Releases messages that a killed process was sending. Only while no other process can have the file open. */
export async function recover(app: App): Promise<void> {
  const now = storedInstant(app.clock.now());
  await app.db.write((connection) => {
    connection.prepare("UPDATE deliveries SET claimed_until = ? WHERE state = 'sending'").run(now);
    giveUpTests(connection, now);
  });
}

/** A test message of a killed process is not sent again, because no one waits for it. */
function giveUpTests(connection: Connection, now: string): void {
  connection
    .prepare(
      "UPDATE deliveries SET state = 'failed', finished_at = ?, last_error = ? WHERE kind = 'test' AND state = 'sending' AND claimed_until <= ?",
    )
    .run(now, JSON.stringify(message("delivery_interrupted", {})), now);
}

/** Releases a message whose delivery was interrupted by the shutdown. */
export async function release(app: App, claimed: Claimed): Promise<void> {
  await app.db.write((connection) =>
    connection
      .prepare(
        "UPDATE deliveries SET state = 'waiting', attempts = attempts - 1, claimed_until = NULL, next_try_at = ? WHERE id = ? AND state = 'sending' AND claimed_until = ?",
      )
      .run(storedInstant(app.clock.now()), claimed.id, claimed.claimedUntil),
  );
}

/** Records the result of an attempt: delivered, retry, or failed, which may also turn off the channel. */
export async function settle(app: App, claimed: Claimed, attempt: DeliveryAttempt): Promise<void> {
  const now = app.clock.now();
  const stored = storedInstant(now);
  const later =
    attempt.ok || attempt.isLasting
      ? null
      : nextTry({
          attempts: claimed.attempts,
          firstTriedAt: new Date(claimed.firstTriedAt),
          now,
          retryAfterS: attempt.retryAfterS,
          random: Math.random(),
        });
  await app.db.write((connection) => {
    const channel = connection
      .prepare("SELECT settings_encrypted AS settings, last_delivered_at AS lastDeliveredAt FROM channels WHERE id = ?")
      .get(claimed.channelId) as { settings: string; lastDeliveredAt: string | null } | undefined;
    // If the channel was edited during the attempt, a failure says nothing about its new settings.
    const isEdited = !attempt.ok && channel !== undefined && channel.settings !== claimed.settings;
    const again = isEdited ? now : later;
    const state = attempt.ok ? "delivered" : again ? "waiting" : "failed";
    const { changes } = connection
      .prepare(
        `UPDATE deliveries SET state = @state, claimed_until = NULL, next_try_at = coalesce(@again, next_try_at), finished_at = @finished,
           last_status = @status, last_answer = @answer, last_error = @error
         WHERE id = @id AND state = 'sending' AND claimed_until = @claim`,
      )
      .run({
        state,
        again: again && storedInstant(again),
        finished: again ? null : stored,
        status: attempt.status,
        answer: attempt.answer,
        error: attempt.error && JSON.stringify(attempt.error),
        id: claimed.id,
        claim: claimed.claimedUntil,
      });
    // Deleted meanwhile, or claimed again because this process was suspended.
    if (changes === 0) return;
    if (isEdited || channel === undefined) return;
    if (attempt.ok) return noteSuccess(connection, claimed.channelId, stored);
    connection
      .prepare("UPDATE channels SET failing_since = coalesce(failing_since, ?) WHERE id = ?")
      .run(stored, claimed.channelId);
    if (state !== "failed") return;
    const { lastDeliveredAt } = channel;
    // If another message was delivered meanwhile, only this message is rejected and the channel works.
    const isDead = lastDeliveredAt === null || lastDeliveredAt < claimed.firstTriedAt;
    if (attempt.isLasting || isDead) switchOff(connection, claimed, { attempt, now });
  });
}

export function noteSuccess(connection: Connection, channelId: number, now: string): void {
  connection
    .prepare("UPDATE channels SET failing_since = NULL, last_delivered_at = ? WHERE id = ?")
    .run(now, channelId);
}

/** Drops the pending messages of a channel that is off, because they would be outdated later. */
export function dropWaiting(connection: Connection, channelId: number, now: string): void {
  connection
    .prepare(
      "UPDATE deliveries SET state = 'dropped', finished_at = ?, last_error = coalesce(last_error, ?) WHERE channel_id = ? AND state = 'waiting'",
    )
    .run(now, JSON.stringify(message("delivery_channel_off", {})), channelId);
}

function switchOff(
  connection: Connection,
  claimed: Claimed,
  { attempt, now }: { attempt: DeliveryAttempt; now: Date },
): void {
  const { error, isLasting } = attempt;
  const cause = isLasting && error !== null ? error : message("channel_failing_for_a_day", { cause: error });
  const { changes } = connection
    .prepare("UPDATE channels SET is_active = 0, off_reason = ? WHERE id = ? AND is_active")
    .run(JSON.stringify(cause), claimed.channelId);
  if (changes === 0) return;
  dropWaiting(connection, claimed.channelId, storedInstant(now));
  const notification = insertNotification(connection, {
    teamId: claimed.teamId,
    userId: null,
    kind: "channel",
    title: message("channel_turned_off_title", { channel_id: claimed.channelId, channel: claimed.channelName }),
    items: [{ ...ABOUT_NO_KEY, event: "channel", message: message("channel_turned_off", { cause }) }],
    createdAt: now,
    deliverAt: now,
  });
  queueDeliveries(connection, notification);
}
