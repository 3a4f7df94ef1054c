import { randomBytes } from "node:crypto";
import type { Connection, Passkey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { parseDevice } from "../../audit/device.ts";
import { recordEvent } from "../../audit/service.ts";
import { HAS_SECOND_FACTOR } from "../../memberships/second-factor.ts";
import { storedInstant } from "../../platform/clock.ts";
import { AppError } from "../../rpc/app-error.ts";
import { countChallenge } from "../attempts.ts";
import { notifyOwner } from "../notify-owner.ts";
import { canUseProvider } from "../oidc/identities.ts";
import { findOwner, usesPassword } from "../passwords/password.ts";
import { keepClient } from "../sessions/known-clients.ts";
import { endOtherSessions } from "../sessions/session.ts";
import { rejectIfRequired } from "../two-factor/factors.ts";
import { createRecoveryCodes, removeRecoveryCodes, storeRecoveryCodes } from "../two-factor/recovery-codes.ts";
import type { Browser } from "../two-factor/second-factor.ts";
import { CHALLENGE_MS, openChallenge } from "./challenges.ts";
import type { CreatedCredential } from "./schema.ts";
import { siteOf } from "./site.ts";
import { ALGORITHMS, verifyCreated } from "./verify.ts";

/** Maximum number of passkeys per user. */
const MAX_PASSKEYS = 20;
const HANDLE_BYTES = 32;

const PUBLIC_KEY = "public-key" as const;

const toCredential = ({ credentialId, transports }: Passkey) => ({
  id: credentialId,
  type: PUBLIC_KEY,
  transports: transports === "" ? [] : transports.split(","),
});

const listOf = (app: App, userId: number) =>
  app.db.prisma.passkey.findMany({ where: { userId }, orderBy: { id: "asc" } });

/** Options to create a passkey with `navigator.credentials.create()`. @throws BAD_REQUEST at an IP address */
export async function beginPasskey(app: App, input: { userId: number; site: string }) {
  const { email } = await findOwner(app, input);
  const passkeys = await listOf(app, input.userId);
  const site = siteOf(input.site);
  const userHandle = passkeys[0]?.userHandle ?? randomBytes(HANDLE_BYTES).toString("base64url");
  return {
    challenge: openChallenge(app, { ceremony: "create", site, userId: input.userId, userHandle }),
    rp: { id: site.host, name: "orwatch" },
    user: { id: userHandle, name: email, displayName: email },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: PUBLIC_KEY, alg })),
    timeout: CHALLENGE_MS,
    excludeCredentials: passkeys.map(toCredential),
    authenticatorSelection: {
      residentKey: "required" as const,
      requireResidentKey: true as const,
      userVerification: "required" as const,
    },
    attestation: "none" as const,
  };
}

/**
 * Options to use a passkey with `navigator.credentials.get()`. A signed-in user can use their own only; anyone else whichever they have.
 * @throws BAD_REQUEST at an IP address, TOO_MANY_REQUESTS
 */
export async function beginUse(app: App, input: { userId: number | null; site: string; address: string }) {
  countChallenge(app, input);
  const { userId } = input;
  const site = siteOf(input.site);
  const passkeys = userId === null ? [] : await listOf(app, userId);
  return {
    challenge: openChallenge(app, { ceremony: "use", site, userId, userHandle: null }),
    rpId: site.host,
    timeout: CHALLENGE_MS,
    userVerification: "required" as const,
    allowCredentials: passkeys.filter(({ host }) => host === site.host).map(toCredential),
  };
}

const toOutput = (passkey: Pick<Passkey, "id" | "name" | "host" | "createdAt" | "lastUsedAt">) => ({
  id: passkey.id,
  name: passkey.name,
  host: passkey.host,
  created_at: passkey.createdAt.toISOString(),
  last_used_at: passkey.lastUsedAt?.toISOString() ?? null,
});

export const listPasskeys = async (app: App, input: { userId: number }) =>
  (await listOf(app, input.userId)).map(toOutput);

/**
 * Stores a created passkey, named after the browser. As the first second factor it turns on two-factor authentication: this ends all other
 * sessions and returns recovery codes.
 * @throws BAD_REQUEST if the response of the browser is wrong, CONFLICT if there are too many
 */
export async function addPasskey(
  app: App,
  input: { userId: number; sessionId: string; credential: CreatedCredential } & Browser,
) {
  const { userId, origin, credential } = input;
  const { email } = await findOwner(app, input);
  const created = await verifyCreated(app, { credential, userId });
  const { app: browser, system } = parseDevice(origin.userAgent);
  const name = [browser, system].filter((part) => part !== null).join(", ") || "Passkey";
  const createdAt = app.clock.now();
  const codes = createRecoveryCodes();
  const stored = await app.db.write((connection) => {
    const [count, isOn] = readState(connection, userId);
    if (count >= MAX_PASSKEYS) return null;
    const { lastInsertRowid } = connection
      .prepare(
        `INSERT INTO passkeys (user_id, credential_id, public_key, user_handle, counter, transports, host, name, created_at)
         VALUES (@userId, @credentialId, @publicKey, @userHandle, @counter, @transports, @host, @name, @createdAt)`,
      )
      .run({
        ...created,
        userId,
        name,
        transports: credential.transports.join(","),
        createdAt: storedInstant(createdAt),
      });
    if (!isOn) {
      forgetClients(connection, userId);
      storeRecoveryCodes(connection, { userId, codes });
    }
    return { id: Number(lastInsertRowid), isFirst: !isOn };
  });
  if (stored === null) throw new AppError("CONFLICT", message("passkey_limit_reached", { limit: MAX_PASSKEYS }));
  const { id, isFirst } = stored;
  await recordEvent(app, { userId, message: message("event_passkey_added", { passkey_id: id, name }), origin });
  if (isFirst) {
    await endOtherSessions(app, { userId, keepSessionId: input.sessionId });
    await keepClient(app, { ...input, address: origin.address });
    await recordEvent(app, { userId, message: message("event_second_factor_enabled", {}), origin });
  }
  await notifyOwner(app, { userId, email, change: "passkey_added", origin });
  return {
    passkey: toOutput({ id, name, host: created.host, createdAt, lastUsedAt: null }),
    recovery_codes: isFirst ? codes : [],
  };
}

/** Number of passkeys, and whether two-factor authentication is on. */
function readState(connection: Connection, userId: number): [count: number, isOn: boolean] {
  const [count, isOn] = connection
    .prepare(
      `SELECT (SELECT count(*) FROM passkeys WHERE user_id = u.id), ${HAS_SECOND_FACTOR} FROM users u WHERE u.id = ?`,
    )
    .raw()
    .get(userId) as [number | bigint, number | bigint];
  return [Number(count), Number(isOn) === 1];
}

const forgetClients = (connection: Connection, userId: number) =>
  connection.prepare("DELETE FROM known_clients WHERE user_id = ?").run(userId);

const notFound = () => new AppError("NOT_FOUND", message("passkey_not_found", {}));

/** @throws NOT_FOUND */
export async function renamePasskey(app: App, input: { userId: number; id: number; name: string }) {
  const { userId, id, name } = input;
  const [passkey] = await app.db.prisma.passkey.updateManyAndReturn({ where: { id, userId }, data: { name } });
  if (!passkey) throw notFound();
  return toOutput(passkey);
}

/**
 * Removes a passkey. Without another second factor, this turns off two-factor authentication.
 * @throws NOT_FOUND, CONFLICT if two-factor authentication is required, or if the user could not sign in any more
 */
export async function removePasskey(app: App, input: { userId: number; id: number } & Browser): Promise<void> {
  const { userId, id, origin } = input;
  const user = await findOwner(app, input);
  const { email } = user;
  const removed = await app.db.write((connection) => {
    const name = connection
      .prepare("DELETE FROM passkeys WHERE id = ? AND user_id = ? RETURNING name")
      .pluck()
      .get(id, userId) as string | undefined;
    if (name === undefined) return null;
    const [left, isOn] = readState(connection, userId);
    if (left === 0 && !usesPassword(app, user) && !canUseProvider(app, connection, userId))
      throw new AppError("CONFLICT", message("passkey_last_way", {}));
    if (!isOn) {
      rejectIfRequired(app, connection, userId);
      forgetClients(connection, userId);
      removeRecoveryCodes(connection, userId);
    }
    return { name, isOn };
  });
  if (removed === null) throw notFound();
  const { name, isOn } = removed;
  await recordEvent(app, { userId, message: message("event_passkey_removed", { passkey_id: id, name }), origin });
  if (!isOn) {
    await keepClient(app, { ...input, address: origin.address });
    await recordEvent(app, { userId, message: message("event_second_factor_disabled", {}), origin });
  }
  await notifyOwner(app, { userId, email, change: isOn ? "passkey_removed" : "second_factor_disabled", origin });
}
