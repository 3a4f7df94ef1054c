import { z } from "zod";
import {
  changesSettings,
  channelIdInput,
  channelOutput,
  createChannelInput,
  createdChannelOutput,
  updateChannelInput,
} from "../notifications/channels/schema.ts";
import { confirmedProcedure, memberOf, requireConfirmation, router, sessionProcedure } from "../rpc/procedures.ts";
import { addChannel, changeChannel, removeChannel } from "./own-channels.ts";

const common = { tags: ["Channels"], protect: true };

/** Merged into the `channels` router. It is apart because these procedures notify the owner, which `notifications/` must not import. */
export const ownChannelsRouter = router({
  create: confirmedProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels",
        summary: "Add a channel",
        description:
          "Channels deliver notifications outside the app. The signing secret of a webhook is returned only in this response. An email address must be confirmed with the code sent to it before it receives notifications.",
      },
      status: 201,
    })
    .input(createChannelInput)
    .output(createdChannelOutput)
    .mutation(({ ctx, input }) => addChannel(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  update: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "PUT",
        path: "/channels/{id}",
        summary: "Update a channel",
        description:
          "Fields that you leave out are not changed, and neither are secrets sent as an empty string. A channel that was turned off because it could not be reached is turned on again when you change where it delivers to. If two-factor authentication is on, such a change returns 403 with code `REAUTHENTICATE` until you confirm your identity with `POST /api/auth/reauthenticate`.",
      },
    })
    .input(updateChannelInput)
    .output(channelOutput)
    .mutation(({ ctx, input }) => {
      if (changesSettings(input)) requireConfirmation(ctx.principal);
      return changeChannel(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin });
    }),

  delete: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "DELETE",
        path: "/channels/{id}",
        summary: "Delete a channel and its deliveries",
        description: "Nothing more is sent to the channel. Notifications stay in the inbox.",
      },
      status: 204,
    })
    .input(channelIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => removeChannel(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),
});
