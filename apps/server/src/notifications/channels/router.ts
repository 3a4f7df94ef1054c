import { z } from "zod";
import { addChannel, changeChannel, removeChannel } from "../../auth/own-channels.ts";
import { confirmedProcedure, requireConfirmation, router, sessionProcedure } from "../../rpc/procedures.ts";
import { message } from "../../rpc/wire.ts";
import { listDeliveries, retryDelivery, testChannel } from "../outbox/log.ts";
import {
  changesSettings,
  channelIdInput,
  channelListOutput,
  channelOutput,
  confirmChannelInput,
  createChannelInput,
  createdChannelOutput,
  deliveryIdInput,
  deliveryListOutput,
  deliveryOutput,
  listDeliveriesInput,
  rotatedSecretOutput,
  updateChannelInput,
} from "./schema.ts";
import { getChannel, listChannels, rotateSecret } from "./service.ts";
import { confirmChannel, sendCodeAgain } from "./verification-code.ts";

const common = { tags: ["Channels"], protect: true };

export const channelsRouter = router({
  create: confirmedProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels",
        summary: "Add a channel",
        description:
          "A way out of the app for your notices. A webhook's signing secret is in this answer and nowhere else; an e-mail address has to be confirmed with the code sent to it.",
      },
      status: 201,
    })
    .input(createChannelInput)
    .output(createdChannelOutput)
    .mutation(({ ctx, input }) => addChannel(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin })),

  list: sessionProcedure
    .meta({ openapi: { ...common, method: "GET", path: "/channels", summary: "Your channels, oldest first" } })
    .input(z.strictObject({}))
    .output(channelListOutput)
    .query(({ ctx }) => listChannels(ctx.app, { userId: ctx.principal.userId })),

  get: sessionProcedure
    .meta({ openapi: { ...common, method: "GET", path: "/channels/{id}", summary: "One channel" } })
    .input(channelIdInput)
    .output(channelOutput)
    .query(({ ctx, input }) => getChannel(ctx.app, { ...input, userId: ctx.principal.userId })),

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

  confirm: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels/{id}/confirm",
        summary: "Confirm an e-mail address with the code sent to it",
      },
    })
    .input(confirmChannelInput)
    .output(channelOutput)
    .mutation(async ({ ctx, input }) =>
      confirmChannel(ctx.app, { ...input, userId: ctx.principal.userId }).then(() =>
        getChannel(ctx.app, { id: input.id, userId: ctx.principal.userId }),
      ),
    ),

  sendCode: sessionProcedure
    .meta({ openapi: { ...common, method: "POST", path: "/channels/{id}/code", summary: "Send the code once more" } })
    .input(channelIdInput)
    .output(message)
    .mutation(({ ctx, input }) => sendCodeAgain(ctx.app, { ...input, userId: ctx.principal.userId })),

  rotateSecret: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels/{id}/rotate-secret",
        summary: "A new signing secret, shown once",
        description: "For a day each message carries two signatures, one with the secret before.",
      },
    })
    .input(channelIdInput)
    .output(rotatedSecretOutput)
    .mutation(({ ctx, input }) => rotateSecret(ctx.app, { ...input, userId: ctx.principal.userId })),

  test: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels/{id}/test",
        summary: "Send a test message now",
        description: "Answers with what came of it, after at most 20 s.",
      },
      waits: true,
    })
    .input(channelIdInput)
    .output(deliveryOutput)
    .mutation(({ ctx, input }) => testChannel(ctx.app, { ...input, userId: ctx.principal.userId })),

  deliveries: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/deliveries",
        summary: "What was sent and what came of it, newest first",
      },
    })
    .input(listDeliveriesInput)
    .output(deliveryListOutput)
    .query(({ ctx, input }) => listDeliveries(ctx.app, { ...input, userId: ctx.principal.userId })),

  retry: sessionProcedure
    .meta({ openapi: { ...common, method: "POST", path: "/deliveries/{id}/retry", summary: "Send a message again" } })
    .input(deliveryIdInput)
    .output(deliveryOutput)
    .mutation(({ ctx, input }) => retryDelivery(ctx.app, { ...input, userId: ctx.principal.userId })),
});
