import { createHmac, randomBytes } from "node:crypto";

/** Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks): symmetric secrets and signatures, version v1. */
const PREFIX = "whsec_";

/** `whsec_` and 32 random bytes in base64. */
export const createWebhookSecret = (): string => PREFIX + randomBytes(32).toString("base64");

/**
 * The three headers of a webhook. With two secrets the receiver finds the one it knows.
 * @param secrets the present one first
 */
export function signWebhook(
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
