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
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/channels",
        summary: "List your channels",
        description: "Oldest first.",
      },
    })
    .input(z.strictObject({}))
    .output(channelListOutput)
    .query(({ ctx }) => listChannels(ctx.app, { teamId: ctx.principal.teamId })),

  get: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/channels/{id}",
        summary: "Get a channel",
        description: "A channel with its settings, without its secrets.",
      },
    })
    .input(channelIdInput)
    .output(channelOutput)
    .query(({ ctx, input }) => getChannel(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  confirm: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels/{id}/confirm",
        summary: "Confirm an email address",
        description: "Requires the code that was sent to the address.",
      },
    })
    .input(confirmChannelInput)
    .output(channelOutput)
    .mutation(async ({ ctx, input }) =>
      confirmChannel(ctx.app, { ...input, teamId: ctx.principal.teamId }).then(() =>
        getChannel(ctx.app, { id: input.id, teamId: ctx.principal.teamId }),
      ),
    ),

  sendCode: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels/{id}/code",
        summary: "Resend the confirmation code",
        description: "Sends a new code to the address of an email channel. Earlier codes are no longer valid.",
      },
    })
    .input(channelIdInput)
    .output(messageOutput)
    .mutation(({ ctx, input }) => sendCodeAgain(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  rotateSecret: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels/{id}/rotate-secret",
        summary: "Rotate the signing secret",
        description:
          "Returns a new secret, only once. For one day, messages are signed with both the new and the previous secret.",
      },
    })
    .input(channelIdInput)
    .output(rotatedSecretOutput)
    .mutation(({ ctx, input }) => rotateSecret(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  test: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/channels/{id}/test",
        summary: "Send a test message",
        description: "Returns the outcome after at most 20 seconds.",
      },
      waits: true,
    })
    .input(channelIdInput)
    .output(deliveryOutput)
    .mutation(({ ctx, input }) => testChannel(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  deliveries: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/deliveries",
        summary: "List deliveries",
        description: "Newest first.",
      },
    })
    .input(listDeliveriesInput)
    .output(deliveryListOutput)
    .query(({ ctx, input }) => listDeliveries(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  retry: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/deliveries/{id}/retry",
        summary: "Retry a delivery",
        description: "Sends a failed delivery again, now.",
      },
    })
    .input(deliveryIdInput)
    .output(deliveryOutput)
    .mutation(({ ctx, input }) => retryDelivery(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
