import { Prisma } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { countRegistration } from "../attempts.ts";
import { createUser, recordCreated } from "../create-user.ts";
import { NO_PASSWORD } from "../passwords/password.ts";
import type { SetupWay } from "../setup/setup-code.ts";
import type { Person } from "./identities.ts";
import { requireOidc } from "./provider.ts";

/**
 * Registers a user without a password for a person at the provider. With an invitation, also if new people are not registered otherwise, and as a
 * member of its team.
 * @throws FORBIDDEN if new people are not registered, the invitation is for another address, or a first user needs the set-up code; NOT_FOUND if the
 * invitation cannot be accepted; CONFLICT if another request was faster, or there is no room in the team; TOO_MANY_REQUESTS
 */
export async function registerPerson(
  app: App,
  input: { person: Person; setup: SetupWay | null; invitation: string | null; origin: Origin },
) {
  const { person, setup, invitation, origin } = input;
  if (invitation === null && !requireOidc(app).autoRegister)
    throw new AppError("FORBIDDEN", message("oidc_not_registered", {}));
  countRegistration(app, origin);
  const { issuer, subject, email } = person;
  const now = app.clock.now();
  const created = await app.db.prisma
    .$transaction(async (tx) => {
      const created = await createUser(tx, { email, passwordHash: NO_PASSWORD, setup, invitation, now });
      await tx.identity.create({ data: { userId: created.user.id, issuer, subject, email, createdAt: now } });
      return created;
    })
    .catch((error) => {
      const isTaken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
      throw isTaken ? new AppError("CONFLICT", message("oidc_state_invalid", {})) : error;
    });
  await recordCreated(app, { ...created, setup, origin });
  return created;
}
