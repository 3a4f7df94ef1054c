import { z } from "zod";
import { confirmedProcedure, memberOf, router, sessionProcedure } from "../rpc/procedures.ts";
import { issuedTokenOutput, issueTokenInput, tokenIdInput, tokenListOutput } from "./schema.ts";
import { issueToken, listTokens, revokeToken } from "./service.ts";

const tags = ["API tokens"];

export const tokensRouter = router({
  issue: confirmedProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/tokens",
        summary: "Create an API token",
        description: "The token is returned only in this response. Its scopes and expiry cannot be changed later.",
        tags,
        protect: true,
      },
      status: 201,
    })
    .input(issueTokenInput)
    .output(issuedTokenOutput)
    .mutation(({ ctx, input }) => issueToken(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  list: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/tokens",
        summary: "List the API tokens of the team",
        description:
          "Returns the tokens of all members that are not revoked, newest first. Expired ones stay listed until you revoke them.",
        tags,
        protect: true,
      },
    })
    .input(z.strictObject({}))
    .output(tokenListOutput)
    .query(({ ctx }) => listTokens(ctx.app, { teamId: ctx.principal.teamId })),

  revoke: sessionProcedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/tokens/{id}",
        summary: "Revoke an API token",
        description: "Requests with the token are 401 from then on.",
        tags,
        protect: true,
      },
      status: 204,
    })
    .input(tokenIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeToken(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),
});
