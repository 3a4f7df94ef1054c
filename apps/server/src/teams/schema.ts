import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { issueText } from "../rpc/validation-issues.ts";
import {
  count,
  email,
  id,
  idInput,
  instant,
  invitationToken,
  language,
  limitTo,
  name,
  role,
  skip,
  teamName,
  teamSummary,
} from "../rpc/wire.ts";

export const teamOutput = z
  .object({
    ...teamSummary,
    members_count: count.describe("Number of members."),
    created_at: instant.describe("When the team was created."),
  })
  .meta({ id: "Team" });

export const teamListOutput = z.object({
  items: z.array(teamOutput).describe("Your teams: the personal one first, the others by name. At most 50."),
});

export const createTeamInput = z.strictObject({ name });

const teamId = idInput.describe("ID of the team.");
export const teamIdInput = z.strictObject({ id: teamId });

export const updateTeamInput = z.strictObject({
  id: teamId,
  name: name.optional(),
  requires_second_factor: z
    .boolean()
    .optional()
    .describe("`true`: members without two-factor authentication have no access until they have set it up."),
});

const memberId = idInput.describe("ID of the user.");

const memberOutput = z
  .object({
    user_id: id.describe("ID of the user."),
    email: z.string().describe("Email address of the user."),
    role: role.describe("Their role in the team: `owner`, `admin`, `editor` or `viewer`."),
    joined_at: instant.describe("When they became a member."),
    is_active: z.boolean().describe("`false` if an administrator of the server deactivated the user."),
    last_seen_at: instant
      .nullable()
      .describe(
        "When they last used the server, accurate to five minutes. `null` if never. Others than owners and admins see only their own.",
      ),
    has_second_factor: z
      .boolean()
      .nullable()
      .describe(
        "Whether they have two-factor authentication. Others than owners and admins see only their own; `null` otherwise.",
      ),
  })
  .meta({ id: "Member" });

export const memberListOutput = z.object({
  items: z.array(memberOutput).describe("Members, by role and email address. At most 200."),
});

export const setRoleInput = z.strictObject({
  id: teamId,
  user_id: memberId,
  role: role.describe("The new role. Only owners make owners and change them."),
});
export const setRoleOutput = memberOutput;

export const removeMemberInput = z.strictObject({
  id: teamId,
  user_id: z.coerce
    .string<string | number>()
    .max(16)
    .regex(/^(me|[1-9]\d{0,14})$/, issueText(message("field_not_whole_number", {})))
    .describe("ID of the user, or `me` to leave the team."),
});

export const handOverInput = z.strictObject({
  id: teamId,
  user_id: memberId.describe("ID of the member who becomes an owner. You become an admin."),
});

const invitationId = idInput.describe("ID of the invitation.");

export const inviteInput = z.strictObject({
  id: teamId,
  role: role.describe("Role of the new member. Only owners invite owners."),
  email: email
    .optional()
    .describe("Only the user with this email address may accept. The link is sent to it if the server can send email."),
  language: language.optional().describe("Language of the email. Default: `en`."),
});

const invitation = {
  id: id.describe("ID of the invitation."),
  role: role.describe("Role of the new member: `owner`, `admin`, `editor` or `viewer`."),
  email: z
    .string()
    .nullable()
    .describe("Only the user with this email address may accept. `null` if every user may who has the link."),
};

export const createdInvitationOutput = z.object({
  ...invitation,
  token: z.string().describe("The invitation token. Returned only once."),
  url: z
    .string()
    .describe("Link to accept the invitation. Without `PUBLIC_URL`, it is relative to the address of the server."),
  is_emailed: z.boolean().describe("Whether the server sends the link to `email`."),
  expires_at: instant.describe("The invitation can be accepted until this time."),
});

export const invitationOutput = z
  .object({
    ...invitation,
    created_at: instant.describe("When it was created."),
    expires_at: instant.describe("It can be accepted until this time."),
    created_by: z
      .object({ user_id: id.describe("ID of the user."), email: z.string().describe("Their email address.") })
      .describe("Who invited. The invitation ends when they leave the team."),
  })
  .meta({ id: "Invitation" });

export const invitationListOutput = z.object({
  items: z.array(invitationOutput).describe("Pending invitations, newest first. At most 100."),
});
export const invitationIdInput = z.strictObject({ id: teamId, invitation_id: invitationId });

export const invitationTokenInput = z.strictObject({ token: invitationToken });

export const acceptedOutput = z.object({
  team_id: id.describe("ID of the team that you are now a member of."),
  role: role.describe("Your role in the team: `owner`, `admin`, `editor` or `viewer`."),
});

export const invitationPreviewOutput = z.object({
  team_name: teamName,
  role,
  is_for_email: z.boolean(),
  expires_at: instant,
});

export const teamEventsInput = z.strictObject({ id: teamId, skip, limit: limitTo(100, 20) });

export const tokenTeamOutput = z.object({ id: id.describe("ID of the team."), name: teamName });
