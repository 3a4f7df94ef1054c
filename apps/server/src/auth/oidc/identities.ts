import { type Connection, type Identity, Prisma, type User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { recordEvent } from "../../audit/service.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { notifyOwner } from "../notify-owner.ts";
import { findOwner, usesPassword } from "../passwords/password.ts";
import { hashOf } from "../sessions/session.ts";
import { hasPasskey } from "../two-factor/factors.ts";

/** A person as the provider has identified them. */
export interface Person {
  issuer: string;
  subject: string;
  email: string;
  /** The provider's ID of its session; `null` if it does not say. */
  providerSession: string | null;
}

/** Whether an issuer is the configured one. In tokens, it may differ from OIDC_ISSUER in a slash after the host. */
const isConfigured = ({ config }: Pick<App, "config">, issuer: string): boolean =>
  config.oidc !== null && URL.canParse(issuer) && new URL(issuer).href === new URL(config.oidc.issuer).href;

/** The name of the configured provider, or the host of an earlier one. */
const nameOf = (app: Pick<App, "config">, issuer: string): string => {
  if (app.config.oidc && isConfigured(app, issuer)) return app.config.oidc.name;
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
};

type Listed = Pick<Identity, "id" | "issuer" | "email">;

/** Whether a user could not sign in any more without an identity. */
function isLastWay(app: App, user: User, { identity, all }: { identity: Listed; all: Listed[] }): boolean {
  if (!isConfigured(app, identity.issuer) || usesPassword(app, user) || hasPasskey(app, user.id)) return false;
  return !all.some(({ id, issuer }) => id !== identity.id && isConfigured(app, issuer));
}

/** Whether a user could sign in with an identity, inside the caller's transaction. */
export const canUseProvider = (app: Pick<App, "config">, connection: Connection, userId: number): boolean =>
  connection
    .prepare<[number], string>("SELECT issuer FROM identities WHERE user_id = ?")
    .pluck()
    .all(userId)
    .some((issuer) => isConfigured(app, issuer));

/** The identities of a user, oldest first. */
export async function listIdentities(app: App, input: { userId: number }) {
  const user = await findOwner(app, input);
  const all = await app.db.prisma.identity.findMany({ where: { userId: user.id }, orderBy: { id: "asc" } });
  return all.map((identity) => ({
    id: identity.id,
    name: nameOf(app, identity.issuer),
    email: identity.email,
    is_configured: isConfigured(app, identity.issuer),
    is_last_way: isLastWay(app, user, { identity, all }),
    created_at: identity.createdAt.toISOString(),
    last_used_at: identity.lastUsedAt?.toISOString() ?? null,
  }));
}

/** The identity of a person, with its user; `null` if they are not connected to any. */
export const findIdentity = (app: App, { issuer, subject }: Pick<Person, "issuer" | "subject">) =>
  app.db.prisma.identity.findUnique({ where: { issuer_subject: { issuer, subject } }, include: { user: true } });

/**
 * Connects a person to a user, who has proved to be this user with a session or password, and returns the ID of the identity.
 * @throws CONFLICT if the person is connected to another user
 */
export async function connectIdentity(
  app: App,
  input: { user: User; person: Person; origin: Origin },
): Promise<number> {
  const { user, person, origin } = input;
  const { issuer, subject, email } = person;
  const known = await findIdentity(app, person);
  if (known && known.userId !== user.id) throw new AppError("CONFLICT", message("oidc_identity_taken", {}));
  if (known) return known.id;
  const { id } = await app.db.prisma.identity
    .create({ data: { userId: user.id, issuer, subject, email, createdAt: app.clock.now() } })
    .catch((error) => {
      const isTaken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
      throw isTaken ? new AppError("CONFLICT", message("oidc_identity_taken", {})) : error;
    });
  await recordEvent(app, { userId: user.id, message: message("event_identity_connected", { name: email }), origin });
  await notifyOwner(app, { userId: user.id, email: user.email, change: "identity_connected", origin });
  return id;
}

/**
 * Disconnects an identity and ends the other sessions that were signed in with it.
 * @throws NOT_FOUND, CONFLICT if the user could not sign in any more
 */
export async function disconnectIdentity(
  app: App,
  input: { userId: number; sessionId: string; id: number; origin: Origin },
): Promise<void> {
  const { userId, id, origin } = input;
  const user = await findOwner(app, input);
  const removed = await app.db.write((connection) => {
    const all = connection
      .prepare<[number], Listed>("SELECT id, issuer, email FROM identities WHERE user_id = ?")
      .all(userId);
    const identity = all.find((listed) => Number(listed.id) === id);
    if (!identity) throw new AppError("NOT_FOUND", message("identity_not_found", {}));
    if (isLastWay(app, user, { identity, all })) throw new AppError("CONFLICT", message("identity_last_way", {}));
    connection.prepare("DELETE FROM sessions WHERE identity_id = ? AND id <> ?").run(id, hashOf(input.sessionId));
    connection.prepare("DELETE FROM identities WHERE id = ?").run(id);
    return identity;
  });
  await recordEvent(app, { userId, message: message("event_identity_disconnected", { name: removed.email }), origin });
  await notifyOwner(app, { userId, email: user.email, change: "identity_disconnected", origin });
}
