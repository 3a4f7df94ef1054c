import type { Db } from "@orwatch/db";
import type { Cipher } from "./cipher.ts";

type Reader = Db["reader"];

/** A secret as it lies in the file, with what it is bound to. */
export interface Sealed {
  table: string;
  column: string;
  id: number;
  envelope: string;
  binding: Parameters<Cipher["open"]>[1];
}

/**
 * Every column that holds envelopes of the cipher. What is missing here is lost when ENCRYPTION_KEY is rotated: a new such column
 * comes with a line.
 */
const COLUMNS: { table: string; column: string; read: (reader: Reader) => Omit<Sealed, "table" | "column">[] }[] = [
  {
    table: "api_keys",
    column: "key_encrypted",
    read: (reader) =>
      (
        reader.prepare("SELECT id, user_id, key_hash, key_encrypted FROM api_keys ORDER BY id").all() as {
          id: number;
          user_id: number;
          key_hash: string;
          key_encrypted: string;
        }[]
      ).map((row) => ({
        id: row.id,
        envelope: row.key_encrypted,
        binding: { userId: row.user_id, keyHash: row.key_hash },
      })),
  },
  {
    table: "channels",
    column: "settings_encrypted",
    read: (reader) =>
      (
        reader.prepare("SELECT id, user_id, ref, settings_encrypted FROM channels ORDER BY id").all() as {
          id: number;
          user_id: number;
          ref: string;
          settings_encrypted: string;
        }[]
      ).map((row) => ({
        id: row.id,
        envelope: row.settings_encrypted,
        binding: { userId: row.user_id, keyHash: `channel:${row.ref}` },
      })),
  },
];

/** Everything in the file that is sealed. */
export const listSealed = (reader: Reader): Sealed[] =>
  COLUMNS.flatMap(({ table, column, read }) => read(reader).map((row) => ({ table, column, ...row })));

/** How many secrets there are, how many of them no encryption key at hand opens, and how many only the previous one does. */
export function countSealed(reader: Reader, cipher: Cipher): { sealed: number; lost: number; outdated: number } {
  const all = listSealed(reader);
  const open = all.filter(({ envelope, binding }) => cipher.open(envelope, binding) !== null);
  const outdated = open.filter(({ envelope }) => !cipher.isCurrent(envelope));
  return { sealed: all.length, lost: all.length - open.length, outdated: outdated.length };
}
