import { createHash } from "node:crypto";

/**
 * Name of the mailbox that an e-mail address leads to, to count by: `ada+shop@example.com` is Ada's as well. Addresses that only some
 * servers take for one, such as those with dots, stay apart.
 */
export function nameOfMailbox(address: string): string {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at).split("+")[0] || address.slice(0, at);
  return createHash("sha256")
    .update(`${local}${address.slice(at)}`.normalize("NFKC").toLowerCase())
    .digest("base64url");
}
