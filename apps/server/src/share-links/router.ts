import { z } from "zod";
import {
  type Context,
  confirmedProcedure,
  memberOf,
  publicProcedure,
  type RouteMeta,
  router,
  sessionProcedure,
} from "../rpc/procedures.ts";
import { openShare } from "./open.ts";
import {
  createdShareLinkOutput,
  createShareLinkInput,
  openShareInput,
  openShareWithPasswordInput,
  shareLinkIdInput,
  shareLinkListOutput,
} from "./schema.ts";
import { createShareLink, listShareLinks, revokeShareLink } from "./service.ts";
import { sharedPageOutput } from "./shared-page.ts";

const route = (
  method: "GET" | "POST" | "DELETE",
  path: `/${string}`,
  { summary, description, protect = true }: { summary: string; description: string; protect?: boolean },
): RouteMeta => ({ openapi: { method, path, summary, description, tags: ["Share links"], protect } });

export const sharesRouter = router({
  create: confirmedProcedure
    .meta({
      ...route("POST", "/share-links", {
        summary: "Share a dashboard",
        description:
          "For owners and admins. Whoever has the link sees totals, models and days of the team's usage without logging in, and with `scope.shows_key_names` also its keys. The link ends when it expires, is revoked, or when you leave the team. If two-factor authentication is on, this returns 403 with code `REAUTHENTICATE` until you confirm your identity with `POST /api/auth/reauthenticate`.",
      }),
      status: 201,
    })
    .input(createShareLinkInput)
    .output(createdShareLinkOutput)
    .mutation(({ ctx, input }) => createShareLink(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  list: sessionProcedure
    .meta(
      route("GET", "/share-links", {
        summary: "List the share links of the team",
        description: "For owners and admins. Share links that expired are left out.",
      }),
    )
    .input(z.strictObject({}))
    .output(shareLinkListOutput)
    .query(({ ctx }) => listShareLinks(ctx.app, ctx.principal)),

  revoke: sessionProcedure
    .meta({
      ...route("DELETE", "/share-links/{id}", {
        summary: "Revoke a share link",
        description: "For owners and admins. The link stops working at once.",
      }),
      status: 204,
    })
    .input(shareLinkIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeShareLink(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),
});

/** Shared pages are not for search engines. */
const openUnindexed = (ctx: Context, input: { token: string; password?: string | undefined }) => {
  ctx.setHeader("X-Robots-Tag", "noindex");
  return openShare(ctx.app, { ...input, origin: ctx.origin });
};

export const shareRouter = router({
  get: publicProcedure
    .meta(
      route("GET", "/share/{token}", {
        summary: "Get a shared dashboard",
        description: "Needs no credential. For a share link with a password, use the POST request.",
        protect: false,
      }),
    )
    .input(openShareInput)
    .output(sharedPageOutput)
    .query(({ ctx, input }) => openUnindexed(ctx, input)),

  /** Also for the web app, so that the token is not in an address. */
  open: publicProcedure
    .meta(
      route("POST", "/share/{token}", {
        summary: "Get a shared dashboard with a password",
        description: "Needs no credential. Without or with a wrong password, this returns 403.",
        protect: false,
      }),
    )
    .input(openShareWithPasswordInput)
    .output(sharedPageOutput)
    .mutation(({ ctx, input }) => openUnindexed(ctx, input)),
});
