import { createHash } from "node:crypto";
import type { Connection, User } from "@orwatch/db";
import type { App } from "../../app.ts";
import { storedInstant } from "../../platform/clock.ts";
import { createDeviceMark, readDeviceMark } from "./device-mark.ts";

/** Maximum number of known browsers, and of known addresses, per user. The least recently used are dropped first. */
const MAX_KNOWN = 20;

type Kind = "device" | "address";

const addressName = (address: string) => createHash("sha256").update(address).digest("base64url");

const IS_KNOWN = "SELECT 1 FROM known_clients WHERE user_id = ? AND kind = ? AND name = ?";

/** A known client of a user. Attempts are counted by these names. */
export interface KnownClient {
  device: string | null;
  address: string | null;
}

/**
 * The browser and address of a login, if they are known to the user.
 * @param input.userId `null` if there is no such user; this takes the same time
 */
export function findKnownClient(
  app: App,
  input: { userId: number | null; cookies: string; address: string },
): KnownClient {
  const userId = input.userId ?? 0;
  const find = app.db.reader.prepare<[number, Kind, string]>(IS_KNOWN);
  const isKnown = (kind: Kind, name: string | null) => find.get(userId, kind, name ?? "") !== undefined;
  const device = readDeviceMark(app, { cookies: input.cookies, userId });
  const address = addressName(input.address);
  return {
    device: isKnown("device", device) ? device : null,
    address: isKnown("address", address) ? address : null,
  };
}

/**
 * Stores that the user has logged in from this address and, if `addCookie` can mark it, from this browser. Stores nothing if the
 * password or two-factor authentication has changed since `user` was read.
 */
export async function rememberClient(
  app: App,
  input: { user: User; address: string; cookies?: string; addCookie?: ((cookie: string) => void) | undefined },
): Promise<void> {
  const { user, address, cookies = "", addCookie } = input;
  const { id: userId } = user;
  const known = findKnownClient(app, { userId, cookies, address });
  const made = known.device === null && addCookie ? createDeviceMark(app, { userId }) : null;
  const device = known.device ?? made?.name ?? null;
  const isNoted = await app.db.write((connection) => {
    const isSame = connection
      .prepare("SELECT 1 FROM users WHERE id = ? AND password_hash = ? AND totp_secret IS ?")
      .get(userId, user.passwordHash, user.totpSecret);
    if (isSame === undefined) return false;
    const now = app.clock.now();
    note(connection, { userId, kind: "address", name: addressName(address), now });
    if (device !== null) note(connection, { userId, kind: "device", name: device, now });
    return true;
  });
  if (isNoted && made) addCookie?.(made.cookie);
}

function note(
  connection: Connection,
  { userId, kind, name, now }: { userId: number; kind: Kind; name: string; now: Date },
) {
  // Ordered by row ID, because the wall clock may change.
  connection.prepare("DELETE FROM known_clients WHERE user_id = ? AND kind = ? AND name = ?").run(userId, kind, name);
  connection
    .prepare("INSERT INTO known_clients (user_id, kind, name, last_used_at) VALUES (?, ?, ?, ?)")
    .run(userId, kind, name, storedInstant(now));
  connection
    .prepare(
      `DELETE FROM known_clients WHERE user_id = @userId AND kind = @kind AND rowid NOT IN
         (SELECT rowid FROM known_clients WHERE user_id = @userId AND kind = @kind ORDER BY rowid DESC LIMIT ${MAX_KNOWN})`,
    )
    .run({ userId, kind });
}

/**
 * Like {@link rememberClient}, for the client that has just changed the password or two-factor authentication, which forgets all clients.
 */
export async function keepClient(
  app: App,
  input: { userId: number; address: string; cookies: string; addCookie: ((cookie: string) => void) | undefined },
): Promise<void> {
  const user = await app.db.prisma.user.findUnique({ where: { id: input.userId } });
  if (user) await rememberClient(app, { ...input, user });
}
