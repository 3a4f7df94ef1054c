import type { AddressInfo } from "node:net";
import { type Message, message } from "@orwatch/messages/message";
import { ABOUT_NO_KEY, insertNotification } from "@orwatch/server/notifications/inbox/notifications";
import { deliverDue } from "@orwatch/server/notifications/outbox/dispatch";
import { queueDeliveries } from "@orwatch/server/notifications/outbox/outbox";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { expect } from "vitest";
import { appOf, type Caller, type Harness } from "../server/harness.ts";
import { teamOf } from "../users/team.ts";

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

export interface Mailed {
  to: string[];
  from: string;
  /** Headers and body as they came. */
  source: string;
  secure: boolean;
  user: string | undefined;
}

/** An SMTP server on loopback that records mails, without those about new channels unless `keepChannelNotifications` is set. */
export async function startMailServer(
  options: SMTPServerOptions & { port?: number; keepChannelNotifications?: boolean } = {},
) {
  const mails: Mailed[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => {
        const source = Buffer.concat(chunks).toString().replace(/=\r\n/g, "").replaceAll("=3D", "=");
        if (!options.keepChannelNotifications && /A notification channel was (added|changed)/.test(source))
          return done();
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          from: session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address,
          source,
          secure: session.secure,
          user: session.user as string | undefined,
        });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
