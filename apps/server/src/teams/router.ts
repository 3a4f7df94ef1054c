import { z } from "zod";
import { teamEventsOutput } from "../audit/schema.ts";
import type { Origin } from "../rpc/principal.ts";
import {
  apiTokenProcedure,
  confirmedProcedure,
  publicProcedure,
  type RouteMeta,
  router,
  sessionProcedure,
} from "../rpc/procedures.ts";
import { listEvents } from "./events.ts";
import {
  acceptInvitation,
  getInvitation,
  inviteMember,
  listInvitations,
  previewInvitation,
  revokeInvitation,
} from "./invitations.ts";
import { listMembers, removeMember, setRole } from "./members.ts";
import {
  acceptedOutput,
  createdInvitationOutput,
  createTeamInput,
  handOverInput,
  invitationIdInput,
  invitationListOutput,
  invitationOutput,
  invitationPreviewOutput,
  invitationTokenInput,
  inviteInput,
  memberListOutput,
  removeMemberInput,
  setRoleInput,
  setRoleOutput,
  teamEventsInput,
  teamIdInput,
  teamListOutput,
  teamOutput,
  tokenTeamOutput,
  updateTeamInput,
} from "./schema.ts";
import { createTeam, deleteTeam, getTokenTeam, handOverTeam, listTeams, updateTeam } from "./teams.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";

const route = (method: Method, path: `/${string}`, summary: string, description: string): RouteMeta => ({
  openapi: { method, path, summary, description, tags: ["Teams"], protect: true },
});

const CONFIRMED =
  "If two-factor authentication is on, this returns 403 with code `REAUTHENTICATE` until you confirm your identity with `POST /api/auth/reauthenticate`.";

/** The team is named by `id`: these procedures do not depend on the team of the request. */
export const teamsRouter = router({
  create: sessionProcedure
    .meta({
      ...route(
        "POST",
        "/teams",
        "Create a team",
        "You own it. At most `MAX_TEAMS_PER_USER` teams per owner, not counting the personal one.",
      ),
      status: 201,
    })
    .input(createTeamInput)
    .output(teamOutput)
    .mutation(({ ctx, input }) => createTeam(ctx.app, { ...input, ...userOf(ctx) })),

  list: sessionProcedure
    .meta(route("GET", "/teams", "List your teams", "The teams that you are a member of."))
    .input(z.strictObject({}))
    .output(teamListOutput)
    .query(({ ctx }) => ({ items: listTeams(ctx.app, ctx.principal) })),

  update: sessionProcedure
    .meta(
      route("PUT", "/teams/{id}", "Update a team", "For owners and admins. Fields that you leave out are not changed."),
    )
    .input(updateTeamInput)
    .output(teamOutput)
    .mutation(({ ctx, input }) => updateTeam(ctx.app, { ...input, ...userOf(ctx) })),

  delete: confirmedProcedure
    .meta({
      ...route(
        "DELETE",
        "/teams/{id}",
        "Delete a team",
        `For owners. Also deletes its keys, usage, API tokens, saved views, annotations, alert rules and channels. A personal team cannot be deleted. ${CONFIRMED}`,
      ),
      status: 204,
    })
    .input(teamIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteTeam(ctx.app, { ...input, ...userOf(ctx) })),

  handOver: confirmedProcedure
    .input(handOverInput)
    .output(z.void())
    .mutation(({ ctx, input }) => handOverTeam(ctx.app, { ...input, ...userOf(ctx) })),

  members: sessionProcedure
    .meta(route("GET", "/teams/{id}/members", "List the members of a team", "For all members."))
    .input(teamIdInput)
    .output(memberListOutput)
    .query(({ ctx, input }) => listMembers(ctx.app, { ...input, ...userOf(ctx) })),

  setRole: confirmedProcedure
    .meta(
      route(
        "PUT",
        "/teams/{id}/members/{user_id}",
        "Change the role of a member",
        `For owners and admins; only owners make owners and change them. A team keeps at least one active owner. ${CONFIRMED}`,
      ),
    )
    .input(setRoleInput)
    .output(setRoleOutput)
    .mutation(({ ctx, input }) => setRole(ctx.app, { ...input, ...userOf(ctx) })),

  removeMember: sessionProcedure
    .meta({
      ...route(
        "DELETE",
        "/teams/{id}/members/{user_id}",
        "Remove a member, or leave",
        "For owners and admins; only owners remove owners. Every member may leave, with `me` as `user_id`. Access ends from the next request on, and so do the API tokens and invitations that the member created in the team. The last owner cannot leave, and nobody their personal team.",
      ),
      status: 204,
    })
    .input(removeMemberInput)
    .output(z.void())
    .mutation(({ ctx, input }) => removeMember(ctx.app, { ...input, ...userOf(ctx) })),

  invite: confirmedProcedure
    .meta({
      ...route(
        "POST",
        "/teams/{id}/invitations",
        "Invite to a team",
        `For owners and admins. The link works once, for seven days, and lets new users register even if registration is closed. ${CONFIRMED}`,
      ),
      status: 201,
    })
    .input(inviteInput)
    .output(createdInvitationOutput)
    .mutation(({ ctx, input }) => inviteMember(ctx.app, { ...input, ...userOf(ctx) })),

  invitations: sessionProcedure
    .meta(
      route(
        "GET",
        "/teams/{id}/invitations",
        "List the pending invitations of a team",
        "For owners and admins. Invitations that were accepted or have expired are left out.",
      ),
    )
    .input(teamIdInput)
    .output(invitationListOutput)
    .query(({ ctx, input }) => listInvitations(ctx.app, { ...input, ...userOf(ctx) })),

  invitation: sessionProcedure
    .meta(
      route(
        "GET",
        "/teams/{id}/invitations/{invitation_id}",
        "Get a pending invitation",
        "For owners and admins. Returns 404 once it was accepted or has expired.",
      ),
    )
    .input(invitationIdInput)
    .output(invitationOutput)
    .query(({ ctx, input }) => getInvitation(ctx.app, { ...input, ...userOf(ctx) })),

  revokeInvitation: sessionProcedure
    .meta({
      ...route(
        "DELETE",
        "/teams/{id}/invitations/{invitation_id}",
        "Revoke an invitation",
        "For owners and admins; only owners revoke invitations of owners. The link stops working at once.",
      ),
      status: 204,
    })
    .input(invitationIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeInvitation(ctx.app, { ...input, ...userOf(ctx) })),

  audit: sessionProcedure
    .meta(
      route(
        "GET",
        "/teams/{id}/audit",
        "List the activity log of a team",
        "For owners and admins. What members did with the team, its members, keys, API tokens and channels, newest first. Events are kept for one year.",
      ),
    )
    .input(teamEventsInput)
    .output(teamEventsOutput)
    .query(({ ctx, input }) => listEvents(ctx.app, { ...input, ...userOf(ctx) })),
});

export const invitationsRouter = router({
  /** A mutation, so that the token is not in an address. */
  preview: publicProcedure
    .input(invitationTokenInput)
    .output(invitationPreviewOutput)
    .mutation(({ ctx, input }) => previewInvitation(ctx.app, { ...input, origin: ctx.origin })),

  accept: sessionProcedure
    .meta(
      route(
        "POST",
        "/invitations/accept",
        "Accept an invitation",
        "Makes you a member of the team. To register with an invitation, send its token to `POST /api/auth/register` instead.",
      ),
    )
    .input(invitationTokenInput)
    .output(acceptedOutput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.app, { ...input, ...userOf(ctx) })),
});

/** Merged into the `v1` router. */
export const teamsV1Router = router({
  team: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/team",
        summary: "Get the team of the API token",
        description: "The team whose usage the token reads.",
        tags: ["Public API"],
        protect: true,
      },
    })
    .input(z.strictObject({}))
    .output(tokenTeamOutput)
    .query(({ ctx }) => getTokenTeam(ctx.app, ctx.principal)),
});

/** Who acts, and from where. */
function userOf({ principal, origin }: { principal: { userId: number }; origin: Origin }) {
  return { userId: principal.userId, origin };
}
