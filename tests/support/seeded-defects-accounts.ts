import type { SeededDefect } from "./seeded-defect.ts";

const _AUTH = "apps/server/src/auth";
const _KEYS = "apps/server/src/keys";
const _OPENROUTER = "apps/server/src/openrouter";
const REFUSALS = "tests/auth/account-refusals.test.ts";
const LIFE = "tests/keys/keys-life.test.ts";
const ANSWERS = "tests/sync/openrouter-answers.test.ts";
const FAULTS = "tests/sync/openrouter-faults.test.ts";

const defect = (
  name: string,
  [file, find, replace]: [file: string, find: string, replace: string],
  [tests, noticedBy]: [file: string, title: RegExp],
): SeededDefect => ({ name, file, find, replace, tests, noticedBy });

/** Defects of users, keys, the OpenRouter client, money, the log and the database. */
export const ACCOUNT_DEFECTS: SeededDefect[] = [
  defect(
    "keys: a user can edit another user's key",
    ["apps/server/src/keys/service.ts", "where: { id: input.id, userId: input.userId }", "where: { id: input.id }"],
    [LIFE, /another user's key/],
  ),
  defect(
    "keys: a user can delete another user's key",
    ["apps/server/src/keys/removal.ts", "id = ? AND user_id = ?", "id = ? AND ? > 0"],
    [LIFE, /another user's key/],
  ),
  defect(
    "keys: a deleted key stays in the roll-up",
    [
      "apps/server/src/usage/removal.ts",
      "connection.prepare(SUBTRACT_FROM_MODELS)",
      "if (false as boolean) connection.prepare(SUBTRACT_FROM_MODELS)",
    ],
    [LIFE, /sums of the others/],
  ),
  defect(
    "keys: keys of unknown kind do not count towards the limit",
    ["apps/server/src/keys/add.ts", "AND kind IS NOT 'management'", "AND kind <> 'management'"],
    ["tests/keys/keys.test.ts", /limit counts/],
  ),
  defect(
    "keys: one 401 makes it invalid",
    ["apps/server/src/keys/key-status.ts", "const REFUSALS_APART_MS = 60_000", "const REFUSALS_APART_MS = 0"],
    ["apps/server/src/keys/key-status.test.ts", /same burst/],
  ),
  defect(
    "keys: a deleted key fails the job",
    [
      "apps/server/src/keys/stored.ts",
      ".run(...columns.map(({ value }) => value), key.id);",
      '.run(...columns.map(({ value }) => value), key.id).changes || raise();\n  function raise() { throw new Error("gone"); }',
    ],
    ["tests/keys/keys-odd.test.ts", /deleted during (its|a) sync/],
  ),
  defect(
    "keys: a mask shows a short key",
    ["apps/server/src/keys/output.ts", "secret.length < LEAST_MASKED", "(false as boolean)"],
    ["tests/keys/keys-odd.test.ts", /mask never shows/],
  ),
  defect(
    "cipher: a ciphertext can be moved to another user",
    ["apps/server/src/secrets/cipher.ts", "userId}:", "keyHash}:"],
    ["apps/server/src/secrets/cipher.test.ts", /another user/],
  ),
  defect(
    "cipher: the nonce is always the same",
    ["apps/server/src/secrets/cipher.ts", "randomBytes(12)", "Buffer.alloc(12)"],
    ["apps/server/src/secrets/cipher.test.ts", /nonce is fresh/],
  ),
  defect(
    "auth: session ids are stored in plain text",
    [
      "apps/server/src/auth/sessions/session.ts",
      'createHash("sha256").update(sessionId).digest("hex")',
      'createHash("sha256") && sessionId',
    ],
    ["tests/auth/accounts.test.ts", /only the hash/],
  ),
  defect(
    "auth: a deactivated user stays signed in",
    ["apps/server/src/auth/sessions/session.ts", " AND u.is_active`", "`"],
    [REFUSALS, /deactivated user/],
  ),
  defect(
    "auth: an unknown address is rejected without hashing",
    ["apps/server/src/auth/passwords/password.ts", "await argon2.verify(DECOY, password);", ""],
    ["apps/server/src/auth/passwords/password.test.ts", /as long as a wrong password/],
  ),
  defect(
    "auth: a password change keeps other sessions",
    ["apps/server/src/auth/passwords/password.ts", "await endOtherSessions(app, input);", ""],
    ["tests/auth/accounts.test.ts", /ends every other session/],
  ),
  defect(
    "auth: addresses are not normalized",
    ["apps/server/src/auth/schema.ts", '.normalize("NFKC")', ""],
    [REFUSALS, /without case/],
  ),
  defect(
    "auth: unknown clients lock the owner out",
    ["apps/server/src/auth/attempts.ts", "const own = ownNameOf(input);", "const own = null as string | null;"],
    ["apps/server/src/auth/attempts.test.ts", /unknown clients/],
  ),
  defect(
    "auth: wrong codes are not limited per account",
    ["apps/server/src/auth/attempts.ts", "limit: CODES }", "limit: { requests: 1e6, windowS: 1 } }"],
    ["apps/server/src/auth/attempts.test.ts", /twenty wrong codes an hour over any number/],
  ),
  defect(
    "auth: requests from other sites are accepted",
    [
      "apps/server/src/http/context.ts",
      'if (req.method !== "GET") refuseForeignOrigin',
      "if (false as boolean) refuseForeignOrigin",
    ],
    [REFUSALS, /another site/],
  ),
  defect(
    "openrouter: a redirect is followed with the key",
    [
      "apps/server/src/openrouter/exchange.ts",
      'request.on("response", resolve);',
      'request.on("response", (answer) => (answer.headers.location ? http.get(answer.headers.location, { headers }, resolve) : resolve(answer)));',
    ],
    [FAULTS, /redirect/],
  ),
  defect(
    "openrouter: Retry-After is not limited",
    ["apps/server/src/openrouter/client.ts", "Math.min(tried.retryAfterS, MAX_RETRY_AFTER_S)", "tried.retryAfterS"],
    [FAULTS, /never above 60 s/],
  ),
  defect(
    "openrouter: keys of the default workspace only",
    ["apps/server/src/openrouter/client.ts", "{ workspace_id: workspaceId }", "{}"],
    [ANSWERS, /other workspaces/],
  ),
  defect(
    "openrouter: the first page of keys only",
    ["apps/server/src/openrouter/client.ts", "offset: String(page * PER_PAGE)", 'offset: "0"'],
    [ANSWERS, /more than one page/],
  ),
  defect(
    "openrouter: date__day only",
    ["apps/server/src/openrouter/schema.ts", "/^(date|created_at)__day$/", "/^date__day$/"],
    [ANSWERS, /created_at__day/],
  ),
  defect(
    "money: negative halves are rounded down",
    ["packages/domain/src/money.ts", "? quotient - 1n : quotient", "? quotient - 2n : quotient"],
    ["packages/domain/src/money.test.ts", /half-up once/],
  ),
  defect(
    "log: nothing is redacted",
    ["apps/server/src/platform/log.ts", 'text.replace(SECRETS, "[redacted]")', "text.replace(SECRETS, String)"],
    ["tests/security/secrets.test.ts", /no line of the log/],
  ),
  defect(
    "database: a plain statement joins a transaction",
    ["packages/db/src/single-writer.ts", "alone(() => queryRaw.call(adapter, query))", "queryRaw.call(adapter, query)"],
    ["packages/db/src/single-writer.test.ts", /never joins/],
  ),
  defect(
    "database: no backup before a migration",
    ["packages/db/src/migrate.ts", "if (options.history.length > 0) {", "if (false as boolean) {"],
    ["packages/db/src/migrate.test.ts", /backs up a file/],
  ),
];
