import { type Message, message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import type { App } from "../../app.ts";
import { decryptSettings } from "../channels/settings.ts";
import { itemsFor, parseItems } from "../inbox/notifications.ts";
import { kindOf, titleOf } from "../inbox/title.ts";
import type { Mail } from "../mail/page.ts";
import { renderNotification } from "../providers/notification.ts";
import { type Claimed, claimDue, dueBounds, IS_DUE, MAX_ACTIVE, recover, release, settle } from "./claim.ts";
import type { Dispatcher } from "./memory.ts";
import { notSent, sendAndFollow } from "./send.ts";

/** How often the outbox is checked. */
const LOOK_EVERY_MS = 2000;

function dispatcherOf(app: App): Dispatcher {
  const { deliveries } = app.memory;
  deliveries.dispatcher ??= createDispatcher(app);
  return deliveries.dispatcher;
}

/** Sends all due messages. */
export const deliverDue = (app: App): Promise<void> => dispatcherOf(app).deliverDue();

/** Sends messages of the outbox until stopped. `stop` waits `graceMs` for running attempts, then releases their messages. */
export function startDeliveries(app: App): { stop(graceMs: number): Promise<void> } {
  const dispatcher = dispatcherOf(app);
  dispatcher.start();
  return dispatcher;
}

const HAS_DUE = `SELECT 1 FROM deliveries d WHERE d.state = 'sending' OR (d.state = 'waiting' AND ${IS_DUE}) LIMIT 1`;

function createDispatcher(app: App): Dispatcher {
  const active = new Map<Claimed, Promise<void>>();
  const cutOff = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  let claiming: Promise<void> = Promise.resolve();
  const hasDue = () => app.db.reader.prepare(HAS_DUE).get(dueBounds(app)) !== undefined;

  /** Claims due messages within the limits. Not concurrently, so that no limit is exceeded. */
  function fill(): Promise<void> {
    claiming = claiming
      .then(async () => {
        if (isStopped || active.size >= MAX_ACTIVE || !hasDue()) return;
        const claimed = await claimDue(app, [...active.keys()]);
        for (const delivery of claimed) {
          const work = deliver(app, delivery, cutOff.signal)
            .catch((error) => app.log.error("delivery.failed", { delivery_id: delivery.id, error }))
            .finally(() => {
              active.delete(delivery);
              void fill();
            });
          active.set(delivery, work);
        }
      })
      .catch((error) => app.log.error("deliveries.claim", { error }));
    return claiming;
  }

  return {
    async deliverDue() {
      for (;;) {
        await fill();
        if (active.size === 0) return;
        await Promise.race(active.values());
      }
    },
    start() {
      timer = setInterval(() => void fill(), LOOK_EVERY_MS).unref();
      claiming = claiming.then(() => recover(app)).catch((error) => app.log.error("deliveries.recover", { error }));
      void fill();
    },
    async stop(graceMs) {
      isStopped = true;
      if (timer) clearInterval(timer);
      await claiming;
      const late = setTimeout(() => cutOff.abort(), graceMs);
      await Promise.allSettled(active.values());
      clearTimeout(late);
    },
  };
}

/** What a channel receives: the whole notification, or its part of it. */
function contentFor(claimed: Claimed): { kind: string; title: Message; items: ReturnType<typeof itemsFor> } {
  const all = parseItems(claimed.items ?? "[]");
  const items = itemsFor(claimed.channelId, all);
  if (items.length === 0 || items.length === all.length)
    return { kind: claimed.notificationKind ?? claimed.kind, title: parseStoredMessage(claimed.title ?? ""), items };
  return { kind: kindOf(items), title: titleOf(items), items };
}

async function deliver(app: App, claimed: Claimed, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  const settings = decryptSettings(app.cipher, claimed.settings, claimed);
  const { attempt, encrypted } = settings
    ? await sendAndFollow(app, {
        settings,
        channel: { ...claimed, id: claimed.channelId, encrypted: claimed.settings },
        notification: renderNotification({
          messageId: claimed.messageId,
          ...contentFor(claimed),
          teamId: claimed.teamId,
          createdAt: new Date(claimed.createdAt),
          site: app.config.publicUrl,
          language: claimed.language,
          now: app.clock.now(),
        }),
        digest: claimed.body === null ? null : { mail: JSON.parse(claimed.body) as Mail, channelId: claimed.channelId },
        signal,
      })
    : { attempt: notSent(message("channel_undecryptable", {})), encrypted: claimed.settings };
  app.log.info("delivery", {
    delivery_id: claimed.id,
    channel_id: claimed.channelId,
    kind: claimed.channelKind,
    outcome: attempt.ok ? "delivered" : signal.aborted ? "put back" : "failed",
    status: attempt.status,
    attempt: claimed.attempts,
    ms: Math.round(performance.now() - began),
  });
  if (!attempt.ok && signal.aborted) return release(app, claimed);
  return settle(app, { ...claimed, settings: encrypted }, attempt);
}
