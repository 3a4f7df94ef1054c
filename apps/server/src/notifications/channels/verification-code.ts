import { createHash, randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import type { Channel } from "@orwatch/db";
import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import { createSpeaker } from "@orwatch/messages/say";
import { TRPCError } from "@trpc/server";
import type { App } from "../../app.ts";
import { secondsLeft } from "../../platform/rate-limit.ts";
import { mailboxOf } from "../mail/mailer.ts";
import { toMail } from "../providers/email.ts";
import { renderNotification } from "../providers/notification.ts";
import { decryptSettings } from "./settings.ts";

const CODE_VALID_MS = 30 * 60_000;
const MAX_TRIES = 5;
/** Codes per user, and per mailbox whoever asks for them. */
const CODES = { requests: 5, windowS: 3600 };

const hashOf = (channel: Channel, code: string) => createHash("sha256").update(`${channel.ref}:${code}`).digest("hex");

/**
 * Counts one use of something that reaches others.
 * @throws TOO_MANY_REQUESTS
 */
export function guard(app: App, key: string, limit: { requests: number; windowS: number }): void {
  const verdict = app.limits.take(key, limit);
  if (verdict.allowed) return;
  const seconds = secondsLeft(verdict);
  throw new TRPCError({
    code: "TOO_MANY_REQUESTS",
    message: `That is enough for now; try again in ${seconds} s.`,
    cause: Object.assign(new Error("retry later"), { seconds }),
  });
}

/**
 * Sends a new code to an e-mail channel; the one before is worth nothing from then on.
 * @throws TOO_MANY_REQUESTS when the user or the address had many
 * @throws BAD_GATEWAY when the mail server does not take it
 */
export async function sendCode(app: App, channel: Channel, address: string): Promise<void> {
  guard(app, `mail-code-user:${channel.userId}`, CODES);
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
    // It may go to a stranger: no text of a user is in it.
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
  throw new TRPCError({
    code: "BAD_GATEWAY",
    message: `The code could not be sent. ${createSpeaker({ language: "en", now })(sent.error)}`,
  });
}

/** @throws NOT_FOUND, or CONFLICT when there is nothing to confirm */
export async function sendCodeAgain(app: App, input: { userId: number; id: number }) {
  const channel = await getUnconfirmed(app, input);
  const settings = decryptSettings(app.cipher, channel.settingsEncrypted, channel);
  if (settings?.kind !== "email")
    throw new TRPCError({ code: "CONFLICT", message: "This channel cannot be decrypted; delete it and add it again." });
  await sendCode(app, channel, settings.address);
  return { message: `A code was sent to ${channel.target}. It is valid for 30 minutes.` };
}

/**
 * Proves that the owner reads what is sent to the address.
 * @throws BAD_REQUEST when the code is wrong, too old, or was tried too often
 */
export async function confirmChannel(app: App, input: { userId: number; id: number; code: string }): Promise<void> {
  const channel = await getUnconfirmed(app, input);
  const now = app.clock.now();
  // Counted before it is compared, so that tries in parallel count too.
  const { count } = await app.db.prisma.channel.updateMany({
    where: { id: channel.id, codeTries: { lt: MAX_TRIES }, codeExpiresAt: { gt: now }, codeHash: { not: null } },
    data: { codeTries: { increment: 1 } },
  });
  const expected = Buffer.from(channel.codeHash ?? "");
  const given = Buffer.from(hashOf(channel, input.code));
  if (count === 0)
    throw new TRPCError({ code: "BAD_REQUEST", message: "No code can be entered any more; have a new one sent." });
  if (expected.length !== given.length || !timingSafeEqual(expected, given))
    throw new TRPCError({ code: "BAD_REQUEST", message: "That is not the code that was sent." });
  await app.db.prisma.channel.updateMany({
    where: { id: channel.id },
    data: { confirmedAt: now, codeHash: null, codeExpiresAt: null, codeTries: 0 },
  });
}

async function getUnconfirmed(app: App, input: { userId: number; id: number }): Promise<Channel> {
  const channel = await app.db.prisma.channel.findFirst({ where: { id: input.id, userId: input.userId } });
  if (!channel) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such channel." });
  if (channel.confirmedAt !== null)
    throw new TRPCError({ code: "CONFLICT", message: "There is nothing to confirm: this channel is in use already." });
  return channel;
}
