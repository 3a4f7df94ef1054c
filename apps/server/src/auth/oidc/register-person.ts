import { Prisma, type User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { recordEvent } from "../../audit/service.ts";
import { createPersonalTeam } from "../../memberships/personal-team.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { countRegistration } from "../attempts.ts";
import { NO_PASSWORD } from "../passwords/password.ts";
import { recordSetup } from "../service.ts";
import { type SetupWay, setupCodeRequired } from "../setup/setup-code.ts";
import type { Person } from "./identities.ts";
import { requireOidc } from "./provider.ts";

/**
 * Registers a user without a password for a person at the provider. The first user becomes administrator.
 * @throws FORBIDDEN if new people are not registered, or if a first user needs the set-up code; CONFLICT if another request was faster,
 * TOO_MANY_REQUESTS
 */
export async function registerPerson(
  app: App,
  input: { person: Person; setup: SetupWay | null; origin: Origin },
): Promise<User> {
  const { person, setup, origin } = input;
  if (!requireOidc(app).autoRegister) throw new AppError("FORBIDDEN", message("oidc_not_registered", {}));
  countRegistration(app, origin);
  const { issuer, subject, email } = person;
  const now = app.clock.now();
  const user = await app.db.prisma
    .$transaction(async (tx) => {
      const isAdmin = (await tx.user.count()) === 0;
      if (isAdmin && setup === null) throw setupCodeRequired();
      const created = await tx.user.create({ data: { email, passwordHash: NO_PASSWORD, isAdmin, createdAt: now } });
      await createPersonalTeam(tx, { user: created, now });
      await tx.identity.create({ data: { userId: created.id, issuer, subject, email, createdAt: now } });
      return created;
    })
    .catch((error) => {
      const isTaken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
      throw isTaken ? new AppError("CONFLICT", message("oidc_state_invalid", {})) : error;
    });
  await recordEvent(app, { userId: user.id, message: message("event_account_opened", {}), origin });
  if (user.isAdmin && setup !== null) await recordSetup(app, { userId: user.id, way: setup, origin });
  return user;
}
