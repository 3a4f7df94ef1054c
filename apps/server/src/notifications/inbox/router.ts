import { router, sessionProcedure } from "../../rpc/procedures.ts";
import {
  listNoticesInput,
  noticeIdInput,
  noticeListOutput,
  noticeOutput,
  readAllInput,
  readAllOutput,
} from "./schema.ts";
import { listNotices, readAllNotices, readNotice } from "./service.ts";

const tags = ["Inbox"];

export const inboxRouter = router({
  list: sessionProcedure
    .meta({
      openapi: { method: "GET", path: "/inbox", summary: "List notifications, newest first", tags, protect: true },
    })
    .input(listNoticesInput)
    .output(noticeListOutput)
    .query(({ ctx, input }) => listNotices(ctx.app, { ...input, userId: ctx.principal.userId })),

  read: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/inbox/{id}/read",
        summary: "Mark a notification as read",
        tags,
        protect: true,
      },
    })
    .input(noticeIdInput)
    .output(noticeOutput)
    .mutation(({ ctx, input }) => readNotice(ctx.app, { ...input, userId: ctx.principal.userId })),

  readAll: sessionProcedure
    .meta({
      openapi: { method: "POST", path: "/inbox/read", summary: "Mark all notifications as read", tags, protect: true },
    })
    .input(readAllInput)
    .output(readAllOutput)
    .mutation(({ ctx, input }) => readAllNotices(ctx.app, { ...input, userId: ctx.principal.userId })),
});
