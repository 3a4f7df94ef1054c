import { createHash, randomBytes } from "node:crypto";
import { addDays, startOf, toDay } from "@orwatch/domain/day";
import type { App } from "../../app.ts";

/** A digest that is older than this is stopped in the app. */
const KEEP_DAYS = 400;

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/**
 * An address that stops the digest of a channel, and can do nothing else: what RFC 8058 calls one-click. Each try of a digest
 * carries one of its own, of which the hash alone is kept; they all end with the channel, or when its owner chooses anew.
 */
export async function createStopLink(app: App, input: { channelId: number; site: string }): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const { channelId } = input;
  await app.db.prisma.stopToken.create({
    data: { tokenHash: hashOf(token), channelId, createdAt: app.clock.now() },
  });
  return `${input.site}/unsubscribe?token=${token}`;
}

/** Switches the digest off that came with a token; again changes nothing. False when the token is none, or ended. */
export async function stopDigest(app: App, token: string): Promise<boolean> {
  const found = await app.db.prisma.stopToken.findUnique({ where: { tokenHash: hashOf(token) } });
  if (!found) return false;
  await app.db.prisma.channel.updateMany({ where: { id: found.channelId }, data: { wantsDigest: false } });
  return true;
}

/** Ends the tokens in digests that were sent until now. */
export async function revokeStopTokens(app: App, input: { channelId: number }): Promise<void> {
  await app.db.prisma.stopToken.deleteMany({ where: { channelId: input.channelId } });
}

/** Removes tokens that are more than a year old. */
export async function removeOldStopTokens(app: App): Promise<void> {
  const before = startOf(addDays(toDay(app.clock.now()), -KEEP_DAYS));
  await app.db.prisma.stopToken.deleteMany({ where: { createdAt: { lt: before } } });
}
