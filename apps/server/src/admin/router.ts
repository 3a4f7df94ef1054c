import { adminProcedure, confirmedAdminProcedure, router } from "../rpc/procedures.ts";
import {
  endedOutput,
  listedUserOutput,
  listUsersInput,
  updateUserInput,
  userIdInput,
  userListOutput,
} from "./schema.ts";
import { endSessionsOf, listUsers, updateUser } from "./service.ts";

const tags = ["Users"];

export const usersRouter = router({
  list: adminProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/users",
        summary: "List the users of this server",
        description: "For administrators. Does not include the data of the users.",
        tags,
        protect: true,
      },
    })
    .input(listUsersInput)
    .output(userListOutput)
    .query(({ ctx, input }) => listUsers(ctx.app, input)),

  update: confirmedAdminProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/users/{id}",
        summary: "Activate or deactivate a user",
        description: "For administrators.",
        tags,
        protect: true,
      },
    })
    .input(updateUserInput)
    .output(listedUserOutput)
    .mutation(({ ctx, input }) => updateUser(ctx.app, { ...input, adminId: ctx.principal.userId, origin: ctx.origin })),

  endSessions: confirmedAdminProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/users/{id}/end-sessions",
        summary: "End all sessions of a user",
        description: "For administrators.",
        tags,
        protect: true,
      },
    })
    .input(userIdInput)
    .output(endedOutput)
    .mutation(({ ctx, input }) =>
      endSessionsOf(ctx.app, { ...input, adminId: ctx.principal.userId, origin: ctx.origin }),
    ),
});
