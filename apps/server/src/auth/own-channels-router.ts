import { z } from "zod";
import {
  changesSettings,
  channelIdInput,
  channelOutput,
  createChannelInput,
  createdChannelOutput,
  updateChannelInput,
} from "../notifications/channels/schema.ts";
import { confirmedProcedure, requireConfirmation, router, sessionProcedure } from "../rpc/procedures.ts";
import { addChannel, changeChannel, removeChannel } from "./own-channels.ts";

const common = { tags: ["Channels"], protect: true };

/** Stands among the procedures of channels, which know nothing of who has to be notified. */
export const ownChannelsRouter = router({
  create: confirmedProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels",
        summary: "Add a channel",
        description:
          "A way out of the app for your notifications. A webhook's signing secret is in this answer and nowhere else; an e-mail address has to be confirmed with the code sent to it.",
      },
      status: 201,
    })
    .input(createChannelInput)
    .output(createdChannelOutput)
    .mutation(({ ctx, input }) => addChannel(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin })),

  update: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "PUT",
        path: "/channels/{id}",
        summary: "Rename, switch off or on, choose what comes and where it goes",
        description:
          "What is left out stays, and so does a secret that is empty. A channel that was switched off because it could not be reached is on again when it leads elsewhere. Where the account has a second factor, a change of where it leads must be confirmed first.",
      },
    })
    .input(updateChannelInput)
    .output(channelOutput)
    .mutation(({ ctx, input }) => {
      if (changesSettings(input)) requireConfirmation(ctx.principal);
      return changeChannel(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin });
    }),

  delete: sessionProcedure
    .meta({
      openapi: { ...common, method: "DELETE", path: "/channels/{id}", summary: "Delete a channel and its deliveries" },
      status: 204,
    })
    .input(channelIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) =>
      removeChannel(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin }),
    ),
});
