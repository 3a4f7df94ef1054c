import type { Connection } from "@orwatch/db";
import type { Language } from "@orwatch/messages/languages";
import { isActiveTeam } from "../../memberships/active-teams.ts";
import { storedInstant } from "../../platform/clock.ts";
import { channelsOfItems, type StoredNotification } from "../inbox/notifications.ts";
import type { Mail } from "../mail/page.ts";

/**
 * Queues a new notification for every channel that its items are sent to, inside the transaction that created it. Until `deliverAt` a notification may
 * gain items, so a message is written when it is sent, from the row. One without `deliverAt` stays in the inbox.
 * @param except an address that gets its own email, and a channel that must not receive it
 */
export function queueDeliveries(
  connection: Connection,
  notification: Pick<StoredNotification, "id" | "teamId" | "items" | "createdAt" | "deliverAt">,
  except: { address?: string | null; channelId?: number | undefined } = {},
): void {
  if (notification.deliverAt === null) return;
  const channels = channelsOfItems(notification.items);
  connection
    .prepare(
      `INSERT OR IGNORE INTO deliveries (channel_id, kind, notification_id, message_id, state, created_at, next_try_at)
       SELECT id, 'notice', ?, 'msg_' || lower(hex(randomblob(16))), 'waiting', ?, ? FROM channels
       WHERE team_id = ? AND is_active AND wants_alerts AND confirmed_at IS NOT NULL
         AND NOT (kind = 'email' AND lower(target) = ?) AND id <> ? AND (? OR id IN (SELECT value FROM json_each(?)))`,
    )
    .run(
      notification.id,
      storedInstant(notification.createdAt),
      storedInstant(notification.deliverAt),
      notification.teamId,
      except.address ?? "",
      except.channelId ?? 0,
      channels === null ? 1 : 0,
      JSON.stringify(channels ?? []),
    );
}

/** Channels that want the digest of this Monday and do not have it yet. */
export function listDigestChannels(
  reader: Connection,
  week: string,
): { channelId: number; teamId: number; language: Language }[] {
  return reader
    .prepare(
      `SELECT c.id AS channelId, c.team_id AS teamId, c.language FROM channels c
       WHERE c.kind = 'email' AND c.wants_digest AND c.is_active AND c.confirmed_at IS NOT NULL AND ${isActiveTeam("c.team_id")}
         AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.channel_id = c.id AND d.week = ?)
       ORDER BY c.team_id, c.id`,
    )
    .all(week) as { channelId: number; teamId: number; language: Language }[];
}

/** Queues a digest, once per channel and week. Returns the number of deliveries. */
export function queueDigest(
  connection: Connection,
  digest: { channelId: number; week: string; mail: Mail; now: Date },
): number {
  const now = storedInstant(digest.now);
  const { changes } = connection
    .prepare(
      `INSERT OR IGNORE INTO deliveries (channel_id, kind, week, body, message_id, state, created_at, next_try_at)
       SELECT id, 'digest', ?, ?, 'msg_' || lower(hex(randomblob(16))), 'waiting', ?, ? FROM channels WHERE id = ?`,
    )
    .run(digest.week, JSON.stringify(digest.mail), now, now, digest.channelId);
  return Number(changes);
}
