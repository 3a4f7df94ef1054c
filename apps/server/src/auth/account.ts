import type { User } from "@orwatch/db";
import type { App } from "../app.ts";
import { isWithin } from "../platform/clock.ts";
import { getTeam, listTeams } from "../teams/teams.ts";
import { findPendingEmail } from "./by-email/email-change.ts";
import { sendsLinks } from "./by-email/link.ts";
import { findOwner, usesPassword } from "./passwords/password.ts";
import { hashOf, REAUTHENTICATED_MS } from "./sessions/session.ts";
import { hasUsers } from "./setup/setup-code.ts";

export const toOutput = (user: User) => ({
  id: user.id,
  email: user.email,
  created_at: user.createdAt.toISOString(),
  is_active: user.isActive,
});

/** @param input.teamId team of the request; `null` if it names one that the user is not in */
export async function getCurrentUser(app: App, input: { userId: number; teamId: number | null }) {
  const user = await findOwner(app, input);
  const teams = listTeams(app, input);
  return {
    ...toOutput(user),
    default_team_id: user.defaultTeamId,
    team: teams.find(({ id }) => id === input.teamId) ?? null,
    teams,
  };
}

export async function getAccount(app: App, input: { userId: number; teamId: number | null }) {
  const { isAdmin } = await findOwner(app, input);
  return {
    ...(await getCurrentUser(app, input)),
    is_admin: isAdmin,
    can_change_email: sendsLinks(app),
    pending_email: await findPendingEmail(app, input),
  };
}

/** Changes the team of requests that name none. @throws NOT_FOUND if the user is not in the team */
export async function updateUser(
  app: App,
  input: { userId: number; teamId: number | null; default_team_id: number | null },
) {
  const { userId, default_team_id: defaultTeamId } = input;
  if (defaultTeamId !== null) getTeam(app, { userId, teamId: defaultTeamId });
  await app.db.prisma.user.updateMany({ where: { id: userId }, data: { defaultTeamId } });
  return getCurrentUser(app, input);
}

/** The security settings of the signed-in user. */
export async function getSecurity(
  app: App,
  input: { userId: number; sessionId: string; secondFactorRequiredBy: "server" | "team" | null },
) {
  const user = await findOwner(app, input);
  const [codesLeft, session, passkeys] = await Promise.all([
    app.db.prisma.recoveryCode.count({ where: { userId: user.id } }),
    app.db.prisma.session.findUnique({ where: { id: hashOf(input.sessionId) } }),
    app.db.prisma.passkey.findMany({ where: { userId: user.id }, orderBy: { id: "asc" } }),
  ]);
  const confirmedAt = session?.reauthenticatedAt ?? null;
  const hasAuthenticator = user.totpSecret !== null;
  const since = hasAuthenticator ? user.totpEnabledAt : (passkeys[0]?.createdAt ?? null);
  return {
    has_password: usesPassword(app, user),
    is_admin: user.isAdmin,
    second_factor:
      hasAuthenticator || passkeys.length > 0
        ? {
            enabled_at: since?.toISOString() ?? null,
            recovery_codes_left: codesLeft,
            has_authenticator: hasAuthenticator,
            passkeys: passkeys.length,
          }
        : null,
    required_by: input.secondFactorRequiredBy,
    confirmed_until:
      confirmedAt !== null && isWithin(confirmedAt, REAUTHENTICATED_MS, app.clock.now())
        ? new Date(confirmedAt.getTime() + REAUTHENTICATED_MS).toISOString()
        : null,
  };
}

export const getSettings = (app: App, input: { isLocal: boolean }) => ({
  allow_registration: app.config.allowRegistration,
  can_reset_password: sendsLinks(app),
  needs_setup_code: !input.isLocal && !hasUsers(app),
  sync_interval_minutes: app.config.syncIntervalMinutes,
  max_api_keys_per_user: app.config.maxApiKeysPerUser,
  max_api_tokens_per_user: app.config.maxApiTokensPerUser,
  max_teams_per_user: app.config.maxTeamsPerUser,
  rate_limit_requests: app.config.rateLimitRequests,
  rate_limit_window_s: app.config.rateLimitWindowS,
  password_login: app.config.passwordLogin,
  oidc: app.config.oidc && { name: app.config.oidc.name, auto_register: app.config.oidc.autoRegister },
});
