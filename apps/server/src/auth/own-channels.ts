import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { changesSettings } from "../notifications/channels/schema.ts";
import { createChannel, deleteChannel, getOwnedChannel, updateChannel } from "../notifications/channels/service.ts";
import type { Origin } from "../rpc/principal.ts";
import { notifyOwner } from "./notify-owner.ts";
import { findOwner } from "./passwords/password.ts";

type NewChannel = Parameters<typeof createChannel>[1];

/** Adds a channel and notifies the user through all other channels. @throws as `createChannel` */
export async function addChannel(app: App, input: NewChannel & { userId: number; origin: Origin }) {
  const { origin, userId, ...fields } = input;
  const channel = await createChannel(app, fields);
  const { teamId } = fields;
  await recordChannelTarget(app, { userId, teamId, origin, channel, what: "channel_added" });
  return channel;
}

async function recordChannelTarget(
  app: App,
  input: {
    userId: number;
    teamId: number;
    origin: Origin;
    channel: { id: number; name: string; kind: string };
    what: "channel_added" | "channel_changed";
  },
): Promise<void> {
  const { userId, teamId, origin, channel, what } = input;
  const params = { channel_id: channel.id, name: channel.name, kind: channel.kind };
  await recordEvent(app, { userId, teamId, message: message(`event_${what}`, params), origin });
  const { email } = await findOwner(app, { userId });
  await notifyOwner(app, { userId, email, change: what, origin, exceptChannelId: channel.id });
}

/** Changes a channel. If it delivers to another target now, the user is notified as for a new channel. @throws as `updateChannel` */
export async function changeChannel(
  app: App,
  input: Parameters<typeof updateChannel>[1] & { userId: number; origin: Origin },
) {
  const { origin, userId, ...fields } = input;
  const channel = await updateChannel(app, fields);
  const { teamId } = fields;
  if (changesSettings(fields))
    await recordChannelTarget(app, { userId, teamId, origin, channel, what: "channel_changed" });
  return channel;
}

/** @throws NOT_FOUND */
export async function removeChannel(
  app: App,
  input: { userId: number; teamId: number; id: number; origin: Origin },
): Promise<void> {
  const { userId, teamId, id, origin } = input;
  const { name, kind } = await getOwnedChannel(app, { teamId, id });
  await deleteChannel(app, { teamId, id });
  const params = { channel_id: id, name, kind };
  await recordEvent(app, { userId, teamId, message: message("event_channel_removed", params), origin });
}
