import { isAtLeast, type Role } from "@orwatch/domain/permissions";
import { email as emailSchema } from "../../rpc/wire.ts";

/** Claims of an ID token, or of the userinfo endpoint. */
export type Claims = Record<string, unknown>;

/** The address of a person at the provider, in the form in which users are stored; `null` if there is no valid one. */
export function readEmail(claims: Claims): string | null {
  const parsed = emailSchema.safeParse(claims.email);
  return parsed.success ? parsed.data : null;
}

/**
 * Whether the provider has verified the address. Some send the text "true".
 * @param options.trustsEmail for providers that never say: only a missing claim then counts as verified
 */
export function isEmailVerified(claims: Claims, { trustsEmail }: { trustsEmail: boolean }): boolean {
  const { email_verified: isVerified } = claims;
  if (isVerified === undefined || isVerified === null) return trustsEmail;
  return isVerified === true || isVerified === "true";
}

/** Whether the domain of an address is listed. Subdomains are other domains. */
export const isDomainAllowed = (email: string, allowed: readonly string[]): boolean =>
  allowed.length === 0 || allowed.includes(email.slice(email.lastIndexOf("@") + 1));

/** A role by itself, or as a group: `orwatch-admin`, `orwatch:admin`, `/orwatch/admin`. */
const ROLE = /^\/?(?:orwatch[-_:/.])?(owner|admin|editor|viewer)$/i;

/**
 * The most powerful role in a claim, which has one or several texts; `null` if there is none.
 * @param path name of the claim, or a path with dots into objects, such as `realm_access.roles`
 */
export function readRole(claims: Claims, path: string): Role | null {
  const found = findClaim(claims, path);
  const texts = Array.isArray(found) ? found : [found];
  const roles = texts.flatMap((text) => (typeof text === "string" ? (ROLE.exec(text.trim())?.[1] ?? []) : []));
  return roles
    .map((role) => role.toLowerCase() as Role)
    .reduce<Role | null>((best, role) => (best !== null && isAtLeast(best, role) ? best : role), null);
}

function findClaim(claims: Claims, path: string): unknown {
  // Names of claims can contain dots: https://example.com/roles.
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split(".").reduce<unknown>((value, name) => {
    const isObject = typeof value === "object" && value !== null;
    return isObject && Object.hasOwn(value, name) ? (value as Claims)[name] : undefined;
  }, claims);
}
