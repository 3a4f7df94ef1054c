import type { SeededDefect } from "./seeded-defect.ts";

const WALK = "tests/security/access-walk.test.ts";

const defect = (
  name: string,
  [file, find, replace]: [file: string, find: string, replace: string],
  [tests, noticedBy]: [file: string, title: RegExp],
): SeededDefect => ({ name, file: `apps/server/src/${file}`, find, replace, tests, noticedBy });

/** Defects that bypass access control. */
export const GUARD_DEFECTS: SeededDefect[] = [
  defect(
    "guard: a user can revoke another user's token",
    ["tokens/service.ts", "where: { id: input.id, userId, isActive: true }", "where: { id: input.id, isActive: true }"],
    [WALK, /\/trpc.*tokens\.revoke/],
  ),
  defect(
    "guard: a filter by another user's key shows its usage",
    [
      "stats/selection.ts",
      "SELECT id FROM api_keys WHERE user_id = :userId",
      "SELECT id FROM api_keys WHERE :userId > 0",
    ],
    [WALK, /stats\.|usage/],
  ),
  defect(
    "guard: an API token is accepted in place of a session",
    ["rpc/procedures.ts", 'if (principal?.kind !== "session")', "if (!principal)"],
    [WALK, /\/trpc.*keys\.list/],
  ),
  defect(
    "guard: a session is accepted in place of an API token",
    ["rpc/procedures.ts", 'if (principal?.kind !== "apiToken")', "if (!principal)"],
    [WALK, /\/trpc.*v1\.keys/],
  ),
  defect(
    "guard: a revoked token still works",
    [
      "tokens/service.ts",
      "WHERE t.token_hash = ? AND t.is_active AND u.is_active",
      "WHERE t.token_hash = ? AND u.is_active",
    ],
    [WALK, /REST.*\/api\/v1\/keys/],
  ),
  defect(
    "guard: the token of a deactivated user still works",
    [
      "tokens/service.ts",
      "WHERE t.token_hash = ? AND t.is_active AND u.is_active",
      "WHERE t.token_hash = ? AND t.is_active",
    ],
    [WALK, /REST.*\/api\/v1\/keys/],
  ),
  defect(
    "guard: the content security policy allows inline styles",
    ["http/security-headers.ts", "style-src 'self'\"", "style-src 'self' 'unsafe-inline'\""],
    ["tests/security/headers.test.ts", /GET \/login/],
  ),
  defect(
    "guard: forms of other sites are accepted",
    ["http/context.ts", 'site !== "same-origin" && site !== "none"', "(false as boolean)"],
    ["tests/security/cross-site.test.ts", /keys\.delete/],
  ),
];
