import { randomUUID } from "node:crypto";
import type { Channel } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { z } from "zod";
import type { App } from "../../app.ts";
import { storedInstant } from "../../platform/clock.ts";
import { AppError } from "../../rpc/app-error.ts";
import { dropWaiting } from "../outbox/claim.ts";
import { deliverDue } from "../outbox/dispatch.ts";
import { createWebhookSecret } from "../providers/webhook.ts";
import { toChannelOutput } from "./output.ts";
import type { createChannelInput, updateChannelInput } from "./schema.ts";
import { changeSettings, createSettings, decryptSettings, encryptSettings, targetOf } from "./settings.ts";
import { revokeUnsubscribeLinks } from "./unsubscribe.ts";
import { sendCode } from "./verification-code.ts";

const MAX_CHANNELS_PER_TEAM = 10;
/** How long a replaced signing secret still signs messages. */
const OVERLAP_MS = 24 * 3_600_000;

/** @throws NOT_FOUND if it does not exist or belongs to another team */
export async function getOwnedChannel(app: App, input: { teamId: number; id: number }): Promise<Channel> {
  const channel = await app.db.prisma.channel.findFirst({ where: { id: input.id, teamId: input.teamId } });
  if (!channel) throw notFound();
  return channel;
}

const notFound = () => new AppError("NOT_FOUND", message("channel_not_found", {}));

const noMail = () => new AppError("CONFLICT", message("mail_not_configured", {}));

/** Channels of a team, oldest first. */
export async function listChannels(app: App, input: { teamId: number }) {
  const now = app.clock.now();
  const channels = await app.db.prisma.channel.findMany({ where: { teamId: input.teamId }, orderBy: { id: "asc" } });
  return {
    items: channels.map((channel) => toChannelOutput(channel, open(app, channel), now)),
    total: channels.length,
    max: MAX_CHANNELS_PER_TEAM,
    email_available: app.mailer.isConfigured,
  };
}

const open = (app: App, channel: Channel) => decryptSettings(app.cipher, channel.settingsEncrypted, channel);

export async function getChannel(app: App, input: { teamId: number; id: number }) {
  const channel = await getOwnedChannel(app, input);
  return toChannelOutput(channel, open(app, channel), app.clock.now());
}

/**
 * Adds a channel. An email address gets a confirmation code. The signing secret of a webhook is returned only here.
 * @throws BAD_REQUEST for an address this server does not send to
 * @throws CONFLICT if the team has the maximum number of channels, or for email if the server cannot send it
 */
export async function createChannel(app: App, input: z.output<typeof createChannelInput> & { teamId: number }) {
  const { teamId, kind } = input;
  const settings = createSettings(app, input);
  if (kind === "email" && !app.mailer.isConfigured) throw noMail();
  const now = app.clock.now();
  const ref = randomUUID();
  const created = await app.db.prisma.$transaction(async (tx) => {
    const before = await tx.channel.count({ where: { teamId } });
    if (before >= MAX_CHANNELS_PER_TEAM)
      throw new AppError("CONFLICT", message("channel_limit_reached", { limit: MAX_CHANNELS_PER_TEAM }));
    return tx.channel.create({
      data: {
        teamId,
        kind,
        name: input.name,
        target: targetOf(settings),
        ref,
        settingsEncrypted: encryptSettings(app.cipher, settings, { teamId, ref }),
        wantsAlerts: input.wants_alerts ?? true,
        wantsDigest: input.wants_digest ?? false,
        language: input.language ?? "en",
        confirmedAt: kind === "email" ? null : now,
        createdAt: now,
      },
    });
  });
  // The channel is created even if the mail server fails: another code can be requested.
  if (settings.kind === "email") await sendCode(app, created, settings.address).catch(() => {});
  return {
    ...(await getChannel(app, { teamId, id: created.id })),
    signing_secret: settings.kind === "webhook" ? (settings.secrets[0]?.value ?? null) : null,
  };
}

/**
 * Changes name, settings and what is sent. A channel that was turned off because deliveries failed is turned on when its settings change.
 * @throws NOT_FOUND if it does not exist or belongs to another team
 * @throws BAD_REQUEST for settings that the kind does not have, or an address this server does not send to
 * @throws CONFLICT if a digest is requested for a channel that is not email, or two requests edit the channel at once
 */
export async function updateChannel(app: App, input: z.output<typeof updateChannelInput> & { teamId: number }) {
  const channel = await getOwnedChannel(app, input);
  if (input.wants_digest && channel.kind !== "email")
    throw new AppError("CONFLICT", message("channel_digest_needs_email", {}));
  const changed = changeSettings(app, channel, input);
  if (changed?.kind === "email" && !app.mailer.isConfigured) throw noMail();
  const isTurnedOn =
    !channel.isActive && (input.is_active ?? (changed !== null && channel.offReason !== null)) === true;
  if (input.is_active === false || changed) await deliverSecurityNotifications(app, channel.id);
  const { count } = await app.db.prisma.channel.updateMany({
    where: {
      id: input.id,
      teamId: input.teamId,
      ...(changed ? { settingsEncrypted: channel.settingsEncrypted } : {}),
    },
    data: {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.is_active === undefined ? {} : { isActive: input.is_active }),
      ...(input.wants_alerts === undefined ? {} : { wantsAlerts: input.wants_alerts }),
      ...(input.wants_digest === undefined ? {} : { wantsDigest: input.wants_digest }),
      ...(input.language === undefined ? {} : { language: input.language }),
      ...(changed
        ? {
            settingsEncrypted: encryptSettings(app.cipher, changed, channel),
            target: targetOf(changed),
            failingSince: null,
            // Another address has to be confirmed again.
            ...(changed.kind === "email" ? { confirmedAt: null, codeHash: null, codeExpiresAt: null } : {}),
          }
        : {}),
      ...(isTurnedOn ? { isActive: true, offReason: null, failingSince: null } : {}),
    },
  });
  if (count === 0) throw changed ? new AppError("CONFLICT", message("channel_changed_meanwhile", {})) : notFound();
  const isOtherDigest = input.wants_digest !== undefined && input.wants_digest !== channel.wantsDigest;
  if (isOtherDigest || changed?.kind === "email") await revokeUnsubscribeLinks(app, { channelId: channel.id });
  if (input.is_active === false)
    await app.db.write((connection) => dropWaiting(connection, input.id, storedInstant(app.clock.now())));
  if (changed?.kind === "email")
    await sendCode(app, await getOwnedChannel(app, input), changed.address).catch(() => {});
  return getChannel(app, input);
}

/** @throws NOT_FOUND if it does not exist or belongs to another team */
export async function deleteChannel(app: App, input: { teamId: number; id: number }): Promise<void> {
  await getOwnedChannel(app, input);
  await deliverSecurityNotifications(app, input.id);
  const { count } = await app.db.prisma.channel.deleteMany({ where: { id: input.id, teamId: input.teamId } });
  if (count === 0) throw notFound();
}

/**
 * Creates a new signing secret for a webhook, which is returned once. The previous one also signs for a day.
 * @throws CONFLICT if the channel has none
 */
export async function rotateSecret(app: App, input: { teamId: number; id: number }) {
  const channel = await getOwnedChannel(app, input);
  const settings = decryptSettings(app.cipher, channel.settingsEncrypted, channel);
  if (settings?.kind !== "webhook") throw new AppError("CONFLICT", message("channel_no_secret", {}));
  const secret = createWebhookSecret();
  const until = new Date(app.clock.now().getTime() + OVERLAP_MS);
  const before = settings.secrets.slice(0, 1).map(({ value }) => ({ value, until: until.toISOString() }));
  const secrets = [{ value: secret, until: null }, ...before];
  const { count } = await app.db.prisma.channel.updateMany({
    // The second of two simultaneous rotations would drop a secret that was just returned.
    where: { id: channel.id, settingsEncrypted: channel.settingsEncrypted },
    data: {
      settingsEncrypted: encryptSettings(app.cipher, { ...settings, secrets }, channel),
      previousSecretUntil: until,
    },
  });
  if (count === 0) throw new AppError("CONFLICT", message("channel_secret_replaced", {}));
  return { signing_secret: secret, previous_secret_until: until.toISOString() };
}

/** Maximum wait for a slow receiver. */
const WAIT_MS = 5000;

const QUEUED_SECURITY_NOTIFICATIONS = `
  SELECT 1 FROM deliveries d JOIN notifications n ON n.id = d.notification_id
  WHERE d.channel_id = ? AND d.state IN ('waiting', 'sending') AND n.kind = 'account' AND d.attempts < 2 LIMIT 1`;

/**
 * Sends queued security notifications before a channel is turned off, changed or deleted: otherwise an intruder could suppress them.
 */
async function deliverSecurityNotifications(app: App, channelId: number): Promise<void> {
  if (app.db.reader.prepare(QUEUED_SECURITY_NOTIFICATIONS).get(channelId) === undefined) return;
  await Promise.race([deliverDue(app), new Promise((resolve) => setTimeout(resolve, WAIT_MS).unref())]);
}
