import { createHmac, randomBytes } from "node:crypto";
import { defineProvider, describeUrl, post, required, webhookUrl } from "./define.ts";
import { linkOf } from "./layout.ts";
import type { Notification } from "./notification.ts";

interface WebhookSettings {
  url: string;
  /** The current secret first. The previous one also signs `until` (RFC 3339) it expires. */
  secrets: { value: string; until: string | null }[];
}

/** A webhook, signed according to Standard Webhooks. */
export const webhook = defineProvider({
  kind: "webhook",
  fields: { url: required(webhookUrl) },
  toSettings: ({ url }): WebhookSettings => ({ url, secrets: [{ value: createWebhookSecret(), until: null }] }),
  toFields: ({ url }) => ({ url }),
  keep: (after, { secrets }) => ({ ...after, secrets }),
  target: ({ url }) => describeUrl(url),
  secrets: ({ secrets }) => secrets.map(({ value }) => value),
  send(input) {
    const { settings, notification, sentAt } = input;
    const body = toWebhookBody(notification);
    const now = sentAt.toISOString();
    const valid = settings.secrets.filter(({ until }) => until === null || until > now).map(({ value }) => value);
    const headers = signWebhook(valid, { messageId: notification.messageId, sentAt, body });
    return post(input, { url: settings.url, headers, body });
  },
});

/** The notification with all fields of its items. */
export const toWebhookBody = (notification: Notification): string =>
  JSON.stringify({
    type: notification.kind === "test" ? "test" : `notice.${notification.kind}`,
    timestamp: notification.createdAt.toISOString(),
    data: {
      kind: notification.kind,
      title: notification.title,
      message: notification.message,
      items: notification.items,
      url: linkOf(notification),
    },
  });

/** Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks): symmetric secrets and signatures, version v1. */
const PREFIX = "whsec_";

/** `whsec_` and 32 random bytes in base64. */
export const createWebhookSecret = (): string => PREFIX + randomBytes(32).toString("base64");

/**
 * The three headers of a webhook, with a signature for each secret.
 * @param secrets the current one first
 */
function signWebhook(
  secrets: string[],
  message: { messageId: string; sentAt: Date; body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(message.sentAt.getTime() / 1000));
  const signed = `${message.messageId}.${timestamp}.${message.body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), "base64");
    return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  });
  return {
    "webhook-id": message.messageId,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
