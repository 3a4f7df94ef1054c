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
        summary: "The accounts of this server, for its administrator; never their data",
        tags,
        protect: true,
      },
    })
    .input(listUsersInput)
    .output(userListOutput)
    .query(({ ctx, input }) => listUsers(ctx.app, input)),

  update: confirmedAdminProcedure
    .meta({
      openapi: { method: "PUT", path: "/users/{id}", summary: "Switch an account off or on", tags, protect: true },
    })
    .input(updateUserInput)
    .output(listedUserOutput)
    .mutation(({ ctx, input }) => updateUser(ctx.app, { ...input, adminId: ctx.principal.userId, origin: ctx.origin })),

  endSessions: confirmedAdminProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/users/{id}/end-sessions",
        summary: "Sign a user out of every session",
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
