import { createHash, randomBytes } from "node:crypto";
import type { Connection } from "@orwatch/db";
import { base32 } from "oslo/encoding";

const RECOVERY_CODES = 10;
/** 120 random bits: enough for a fast hash (ASVS 5.0, 6.5.2 requires 112). */
const RECOVERY_BYTES = 15;

/** Codes are typed by hand: spaces, dashes and case are ignored. */
export const normalizeCode = (code: string) => code.replace(/[\s-]/g, "").toLowerCase();

export const hashRecoveryCode = (userId: number, code: string) =>
  createHash("sha256")
    .update(`${userId}:${normalizeCode(code)}`)
    .digest("hex");

const createRecoveryCode = () =>
  base32
    .encode(randomBytes(RECOVERY_BYTES), { includePadding: false })
    .toLowerCase()
    .replace(/(.{6})(?=.)/g, "$1-");

export const createRecoveryCodes = () => Array.from({ length: RECOVERY_CODES }, createRecoveryCode);

export function removeRecoveryCodes(connection: Connection, userId: number): void {
  connection.prepare("DELETE FROM recovery_codes WHERE user_id = ?").run(userId);
}

/** Replaces the recovery codes of the user. */
export function storeRecoveryCodes(
  connection: Connection,
  { userId, codes }: { userId: number; codes: string[] },
): void {
  removeRecoveryCodes(connection, userId);
  const insert = connection.prepare("INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)");
  for (const code of codes) insert.run(userId, hashRecoveryCode(userId, code));
}
