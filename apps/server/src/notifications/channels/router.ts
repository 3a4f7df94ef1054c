import { z } from "zod";
import { router, sessionProcedure } from "../../rpc/procedures.ts";
import { messageOutput } from "../../rpc/wire.ts";
import { listDeliveries, retryDelivery, testChannel } from "../outbox/deliveries.ts";
import {
  channelIdInput,
  channelListOutput,
  channelOutput,
  confirmChannelInput,
  deliveryIdInput,
  deliveryListOutput,
  deliveryOutput,
  listDeliveriesInput,
  rotatedSecretOutput,
} from "./schema.ts";
import { getChannel, listChannels, rotateSecret } from "./service.ts";
import { confirmChannel, sendCodeAgain } from "./verification-code.ts";

const common = { tags: ["Channels"], protect: true };

export const channelsRouter = router({
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
    .output(messageOutput)
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
