import { type Message, message } from "@orwatch/messages/message";
import { ABOUT_NO_KEY, insertNotification } from "@orwatch/server/notifications/inbox/notifications";
import { deliverDue } from "@orwatch/server/notifications/outbox/dispatch";
import { queueDeliveries } from "@orwatch/server/notifications/outbox/outbox";
import { expect } from "vitest";
import { appOf, type Caller, type Harness } from "../server/harness.ts";
import { teamOf } from "../users/team.ts";

export { type Mailed, startMailServer } from "./mail-server.ts";

const CHANNEL_ADDED = message("account_changed_title", { change: "channel_added" });

/** Adds a channel over the API and returns it. The notification about a new channel is deleted, unless `keepNotification` is set. */
export async function addChannel(
  user: Caller,
  fields: Record<string, unknown>,
  options: { keepNotification?: boolean } = {},
) {
  const answer = await user.post("/api/channels", { name: String(fields.kind), ...fields });
  expect(answer.status, answer.text).toBe(201);
  const app = appOf(user);
  if (app && !options.keepNotification)
    await app.db.prisma.notification.deleteMany({
      where: { title: JSON.stringify(CHANNEL_ADDED), user: { email: user.email } },
    });
  return answer.body;
}

/** Creates a notification with its deliveries, as an alert does, and returns its id. */
export async function notify(
  harness: Harness,
  user: Caller,
  content: string | Message,
  options: { deliverAt?: Date | null } = {},
): Promise<number> {
  const [title, item] =
    typeof content === "string"
      ? [message("legacy_text", { text: content }), message("legacy_text", { text: `${content}, in detail` })]
      : [content, content];
  const { app } = harness.server;
  const teamId = teamOf(app, user.email);
  const now = app.clock.now();
  return app.db.write((connection) => {
    const notification = insertNotification(connection, {
      teamId,
      userId: null,
      kind: "alert",
      title,
      items: [{ ...ABOUT_NO_KEY, event: "alert", message: item }],
      createdAt: now,
      deliverAt: options.deliverAt === undefined ? now : options.deliverAt,
    });
    queueDeliveries(connection, notification);
    return notification.id;
  });
}

export const deliver = (harness: Harness): Promise<void> => deliverDue(harness.server.app);

/** The user's deliveries, oldest first. */
export async function deliveriesOf(user: Caller, query = "") {
  const { body } = await user.get(`/api/deliveries?limit=100${query}`);
  return body.items.reverse();
}

/** Moves the clock on in steps and sends what is due at each. */
export async function passTime(harness: Harness, hours: number, stepMinutes = 10): Promise<void> {
  for (let step = 0; step < (hours * 60) / stepMinutes; step++) {
    harness.sim.clock.advance(stepMinutes * 60_000);
    await deliver(harness);
  }
}
