import type { Prisma, User } from "@orwatch/db";
import type { Role } from "@orwatch/domain/permissions";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { createPersonalTeam } from "../memberships/personal-team.ts";
import type { Origin } from "../rpc/principal.ts";
import { acceptInTransaction } from "../teams/stored-invitations.ts";
import { createSetupMemory } from "./setup/memory.ts";
import { type SetupWay, setupCodeRequired } from "./setup/setup-code.ts";

interface Created {
  user: User;
  /** The team of the invitation; `null` without one. */
  joined: { teamId: number; team: string; role: Role } | null;
}

/**
 * Creates a user with their personal team, inside the caller's transaction. The first user becomes administrator. With an invitation, the user is
 * also a member of its team, which is their default.
 * @throws FORBIDDEN if a first user needs the set-up code, and what `acceptInTransaction` throws
 */
export async function createUser(
  tx: Prisma.TransactionClient,
  input: { email: string; passwordHash: string; setup: SetupWay | null; invitation: string | null; now: Date },
): Promise<Created> {
  const { email, passwordHash, setup, invitation: token, now } = input;
  const isAdmin = (await tx.user.count()) === 0;
  // The last user may have been deleted since the code was checked.
  if (isAdmin && setup === null) throw setupCodeRequired();
  const user = await tx.user.create({ data: { email, passwordHash, isAdmin, createdAt: now } });
  await createPersonalTeam(tx, { user, now });
  if (token === null) return { user, joined: null };
  const joined = await acceptInTransaction(tx, { token, user, now });
  await tx.user.update({ where: { id: user.id }, data: { defaultTeamId: joined.teamId } });
  return { user, joined };
}

/** Records how a user was created. The next first user needs a new set-up code. */
export async function recordCreated(
  app: App,
  { user, joined, setup, origin }: Created & { setup: SetupWay | null; origin: Origin },
): Promise<void> {
  const userId = user.id;
  await recordEvent(app, { userId, message: message("event_account_opened", {}), origin });
  if (joined) {
    const { teamId, team, role } = joined;
    const params = { team_id: teamId, name: team, role };
    await recordEvent(app, { userId, teamId, message: message("event_team_joined", params), origin });
  }
  if (!user.isAdmin || setup === null) return;
  // Shows the administrator how the server was set up, and how often others tried.
  const { wrongCodes } = app.memory.setup;
  app.memory.setup = createSetupMemory();
  const params = { way: setup, wrong_codes: wrongCodes };
  await recordEvent(app, { userId, message: message("event_server_set_up", params), origin });
}
