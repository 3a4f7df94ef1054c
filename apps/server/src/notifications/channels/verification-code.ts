import { createHash, randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import type { Channel } from "@orwatch/db";
import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { secondsLeft } from "../../platform/rate-limit.ts";
import { AppError, tooManyRequests } from "../../rpc/app-error.ts";
import { mailboxOf } from "../mail/mailer.ts";
import { toMail } from "../providers/email.ts";
import { renderNotification } from "../providers/notification.ts";
import { decryptSettings } from "./settings.ts";

const CODE_VALID_MS = 30 * 60_000;
const MAX_TRIES = 5;
/** Codes per team, and per mailbox for all teams together. */
const CODES = { requests: 5, windowS: 3600 };

const hashOf = (channel: Channel, code: string) => createHash("sha256").update(`${channel.ref}:${code}`).digest("hex");

/**
 * Counts one request that sends a message to an address.
 * @throws TOO_MANY_REQUESTS
 */
export function guard(app: App, key: string, limit: { requests: number; windowS: number }): void {
  const taken = app.limits.take(key, limit);
  if (!taken.allowed) throw tooManyRequests(message("too_many_requests", { seconds: secondsLeft(taken) }));
}

/**
 * Sends a new code to an email channel. Earlier codes stop working.
 * @throws TOO_MANY_REQUESTS if the team or the address had too many
 * @throws BAD_GATEWAY if the mail server does not accept it
 */
export async function sendCode(app: App, channel: Channel, address: string): Promise<void> {
  guard(app, `mail-code-team:${channel.teamId}`, CODES);
  guard(app, `mail-code-address:${mailboxOf(address)}`, CODES);
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const now = app.clock.now();
  await app.db.prisma.channel.updateMany({
    where: { id: channel.id, confirmedAt: null },
    data: {
      codeHash: hashOf(channel, code),
      codeExpiresAt: new Date(now.getTime() + CODE_VALID_MS),
      codeTries: 0,
    },
  });
  const sent = await app.mailer.send({
    to: address,
    messageId: randomUUID(),
    // The address is not confirmed: the message contains no text of the user.
    mail: toMail(
      renderNotification({
        messageId: "",
        kind: "code",
        title: message("confirmation_code_title", { code }),
        items: [
          { message: message("confirmation_code", { minutes: CODE_VALID_MS / 60_000 }) },
          { message: message("confirmation_code_unexpected", {}) },
        ],
        createdAt: now,
        site: app.config.publicUrl,
        language: channel.language as Language,
        now,
      }),
    ),
  });
  if (sent.ok) return;
  await app.db.prisma.channel.updateMany({ where: { id: channel.id }, data: { codeHash: null, codeExpiresAt: null } });
  throw new AppError("BAD_GATEWAY", message("confirmation_code_not_sent", { cause: sent.error }));
}

/** @throws NOT_FOUND, or CONFLICT if the channel is already confirmed */
export async function sendCodeAgain(app: App, input: { teamId: number; id: number }) {
  const channel = await getUnconfirmed(app, input);
  const settings = decryptSettings(app.cipher, channel.settingsEncrypted, channel);
  if (settings?.kind !== "email") throw new AppError("CONFLICT", message("channel_undecryptable", {}));
  await sendCode(app, channel, settings.address);
  return { message: `A code was sent to ${channel.target}. It is valid for 30 minutes.` };
}

/**
 * Confirms that the user receives messages at the address.
 * @throws BAD_REQUEST if the code is wrong, expired, or was tried too often
 */
export async function confirmChannel(app: App, input: { teamId: number; id: number; code: string }): Promise<void> {
  const channel = await getUnconfirmed(app, input);
  const now = app.clock.now();
  // Counted before it is compared, so that parallel attempts count too.
  const { count } = await app.db.prisma.channel.updateMany({
    where: { id: channel.id, codeTries: { lt: MAX_TRIES }, codeExpiresAt: { gt: now }, codeHash: { not: null } },
    data: { codeTries: { increment: 1 } },
  });
  const expected = Buffer.from(channel.codeHash ?? "");
  const given = Buffer.from(hashOf(channel, input.code));
  if (count === 0) throw new AppError("BAD_REQUEST", message("confirmation_code_unusable", {}));
  if (expected.length !== given.length || !timingSafeEqual(expected, given))
    throw new AppError("BAD_REQUEST", message("confirmation_code_wrong", {}));
  await app.db.prisma.channel.updateMany({
    where: { id: channel.id },
    data: { confirmedAt: now, codeHash: null, codeExpiresAt: null, codeTries: 0 },
  });
}

async function getUnconfirmed(app: App, input: { teamId: number; id: number }): Promise<Channel> {
  const channel = await app.db.prisma.channel.findFirst({ where: { id: input.id, teamId: input.teamId } });
  if (!channel) throw new AppError("NOT_FOUND", message("channel_not_found", {}));
  if (channel.confirmedAt !== null) throw new AppError("CONFLICT", message("channel_already_confirmed", {}));
  return channel;
}
