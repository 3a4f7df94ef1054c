import { createHash, randomBytes } from "node:crypto";
import { PERMISSIONS, ROLES } from "@orwatch/domain/permissions";
import { type ShareScope, shareScope } from "./scope-schema.ts";

/** `or_share_` and 32 random bytes in base64url. */
export const createShareToken = (): string => `or_share_${randomBytes(32).toString("base64url")}`;

/** SHA-256 (hex) of the whole token. With 256 random bits, a fast hash is enough. */
export const hashShareToken = (token: string): string => createHash("sha256").update(token).digest("hex");

export interface ShareLinkRow {
  id: number;
  team_id: number;
  user_id: number;
  email: string;
  name: string;
  /** JSON of a `ShareScope`. */
  scope: string;
  password_hash: string | null;
  created_at: string;
  expires_at: string;
  views: number;
  last_viewed_at: string | null;
}

const MAY = ROLES.slice(0, ROLES.indexOf(PERMISSIONS.manageMembers) + 1)
  .map((role) => `'${role}'`)
  .join(", ");

/** Share links that work: until they expire, and while their creator could create them. `:now`: the instant. */
export const SELECT_USABLE = `
  SELECT l.id, l.team_id, l.created_by AS user_id, u.email, l.name, l.scope, l.password_hash, l.created_at,
    l.expires_at, l.views, l.last_viewed_at
  FROM share_links l JOIN users u ON u.id = l.created_by
  JOIN memberships m ON m.team_id = l.team_id AND m.user_id = l.created_by
  WHERE l.expires_at > :now AND u.is_active AND m.role IN (${MAY})`;

/** `null` if a newer version has stored a kind that this one does not know. */
export const readScope = (stored: string): ShareScope | null => shareScope.safeParse(JSON.parse(stored)).data ?? null;
