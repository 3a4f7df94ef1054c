import { createHash, randomBytes } from "node:crypto";
import { addDays, startOf, toDay } from "@orwatch/domain/day";
import type { App } from "../../app.ts";

/** Links in older digests no longer work. */
const KEEP_DAYS = 400;

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/**
 * A link that only unsubscribes a channel from the digest (one-click, RFC 8058). Each delivery attempt has its own link,
 * of which only the hash is stored. All links become invalid when the channel is deleted or its digest setting changes.
 */
export async function createUnsubscribeLink(app: App, input: { channelId: number; site: string }): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const { channelId } = input;
  await app.db.prisma.unsubscribeToken.create({
    data: { tokenHash: hashOf(token), channelId, createdAt: app.clock.now() },
  });
  return `${input.site}/unsubscribe?token=${token}`;
}

/** Turns off the digest that a token belongs to. False for an unknown or expired token. */
export async function unsubscribeFromDigest(app: App, token: string): Promise<boolean> {
  const found = await app.db.prisma.unsubscribeToken.findUnique({ where: { tokenHash: hashOf(token) } });
  if (!found) return false;
  await app.db.prisma.channel.updateMany({ where: { id: found.channelId }, data: { wantsDigest: false } });
  return true;
}

/** Invalidates the links in all digests sent so far. */
export async function revokeUnsubscribeLinks(app: App, input: { channelId: number }): Promise<void> {
  await app.db.prisma.unsubscribeToken.deleteMany({ where: { channelId: input.channelId } });
}

/** Removes tokens that are more than a year old. */
export async function removeOldUnsubscribeLinks(app: App): Promise<void> {
  const before = startOf(addDays(toDay(app.clock.now()), -KEEP_DAYS));
  await app.db.prisma.unsubscribeToken.deleteMany({ where: { createdAt: { lt: before } } });
}
