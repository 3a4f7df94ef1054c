import type { Connection } from "@orwatch/db";
import type { Role } from "@orwatch/domain/permissions";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { recordEvent } from "../../audit/service.ts";
import { findRole } from "../../memberships/membership.ts";
import { insertMembership } from "../../memberships/personal-team.ts";
import { storedInstant } from "../../platform/clock.ts";
import { MAX_MEMBERS } from "../../teams/limits.ts";
import { hasOtherOwner } from "../../teams/members.ts";
import { revokeTooPowerful } from "../../teams/stored-invitations.ts";
import { type Claims, readRole } from "./claims.ts";
import { requireOidc } from "./provider.ts";

/** Role of people who join the team by signing in, if the provider does not decide. */
const ROLE_OF_NEW = "viewer";

/** The role of the claim of OIDC_ROLE_CLAIM, `null` if it has none; "any" if the provider does not decide. */
export type ClaimedRole = Role | null | "any";

export function readClaimedRole(app: Pick<App, "config">, claims: Claims): ClaimedRole {
  const { roleClaim } = requireOidc(app);
  return roleClaim === null ? "any" : readRole(claims, roleClaim);
}

interface Change {
  team: string;
  role: Role | "none";
}

/**
 * Makes a user a member of the team of OIDC_TEAM_ID. With OIDC_ROLE_CLAIM, the provider decides the role at every sign-in, and without a role in
 * the claim the membership ends. The last owner stays.
 */
export async function followTeamRole(app: App, input: { userId: number; claimed: ClaimedRole }): Promise<void> {
  const { userId } = input;
  const { teamId } = requireOidc(app);
  if (teamId === null) return;
  const now = storedInstant(app.clock.now());
  const change = await app.db.write((connection) => changeRole(connection, { ...input, teamId, now }));
  if (typeof change === "string") app.log.warn("oidc.team", { user_id: userId, message: PROBLEMS[change](teamId) });
  else if (change !== null)
    await recordEvent(app, { userId, teamId, message: message("event_provider_role", change), actor: "server" });
}

const PROBLEMS = {
  missing: (id: number) => `OIDC_TEAM_ID=${id} is not the ID of a team, or is that of a personal team.`,
  full: (id: number) => `The team of OIDC_TEAM_ID=${id} has ${MAX_MEMBERS} members.`,
};

/** `null` if nothing changes. */
function changeRole(
  connection: Connection,
  { teamId, userId, claimed, now }: { teamId: number; userId: number; claimed: ClaimedRole; now: string },
): Change | keyof typeof PROBLEMS | null {
  const team = connection
    .prepare("SELECT name FROM teams WHERE id = ? AND personal_user_id IS NULL")
    .pluck()
    .get(teamId) as string | undefined;
  if (team === undefined) return "missing";
  const of = { teamId, userId };
  const current = findRole(connection, of);
  const role = claimed === "any" ? (current ?? ROLE_OF_NEW) : claimed;
  if (role === current || (current === "owner" && !hasOtherOwner(connection, of))) return null;
  if (role === null) {
    connection.prepare("DELETE FROM memberships WHERE team_id = ? AND user_id = ?").run(teamId, userId);
    connection
      .prepare("UPDATE users SET default_team_id = NULL WHERE id = ? AND default_team_id = ?")
      .run(userId, teamId);
    return { team, role: "none" };
  }
  if (current === null) {
    const members = connection.prepare("SELECT count(*) FROM memberships WHERE team_id = ?").pluck().get(teamId);
    if (Number(members) >= MAX_MEMBERS) return "full";
    insertMembership(connection, { ...of, role, createdAt: now });
    // Someone who has just joined wants to see the team.
    connection
      .prepare("UPDATE users SET default_team_id = ? WHERE id = ? AND default_team_id IS NULL")
      .run(teamId, userId);
  } else {
    connection.prepare("UPDATE memberships SET role = ? WHERE team_id = ? AND user_id = ?").run(role, teamId, userId);
    revokeTooPowerful(connection, { ...of, role });
  }
  return { team, role };
}
