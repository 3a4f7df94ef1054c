import { memberOf, router, sessionProcedure } from "../../rpc/procedures.ts";
import {
  listNotificationsInput,
  notificationIdInput,
  notificationListOutput,
  notificationOutput,
  readAllInput,
  readAllOutput,
} from "./schema.ts";
import { listNotifications, readAllNotifications, readNotification } from "./service.ts";

const tags = ["Inbox"];

export const inboxRouter = router({
  list: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/inbox",
        summary: "List notifications",
        description: "Newest first.",
        tags,
        protect: true,
      },
    })
    .input(listNotificationsInput)
    .output(notificationListOutput)
    .query(({ ctx, input }) => listNotifications(ctx.app, { ...input, ...memberOf(ctx) })),

  read: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/inbox/{id}/read",
        summary: "Mark a notification as read",
        description: "Marks one notification of the inbox as read. It stays in the inbox.",
        tags,
        protect: true,
      },
    })
    .input(notificationIdInput)
    .output(notificationOutput)
    .mutation(({ ctx, input }) => readNotification(ctx.app, { ...input, ...memberOf(ctx) })),

  readAll: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/inbox/read",
        summary: "Mark all notifications as read",
        description: "Marks every notification up to `up_to` as read.",
        tags,
        protect: true,
      },
    })
    .input(readAllInput)
    .output(readAllOutput)
    .mutation(({ ctx, input }) => readAllNotifications(ctx.app, { ...input, ...memberOf(ctx) })),
});
