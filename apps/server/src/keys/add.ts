import type { ApiKey, Connection } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { storedInstant } from "../platform/clock.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { maskKey, toKeyOutput } from "./list/output.ts";
import type { KeyOutput } from "./schema.ts";
import { carryOverChecks, decryptSecret, hashKey, hasSecret, paramsOf } from "./service.ts";
import { changeKey, findKey, findKeysByHash, forgetCoverage, insertKey, type NewKey } from "./stored.ts";
import { checkNewKey } from "./validation/check-new-key.ts";
import { applyKeyResponse } from "./validation/key-status.ts";

/**
 * Stores a key after checking it with OpenRouter. The caller starts its first sync.
 * @throws BAD_REQUEST if OpenRouter rejects the key, CONFLICT if it is already stored or the team has too many keys,
 * TOO_MANY_REQUESTS
 */
export async function storeKey(
  app: App,
  input: {
    userId: number;
    teamId: number;
    name: string;
    key: string;
    description?: string | undefined;
    origin: Origin;
    /** Name of the API token that adds it. */
    apiToken?: string;
    /** Required kind of key. */
    kind?: "management";
    /** Called after OpenRouter has accepted the key. May throw an error for the client. */
    beforeStored?: () => Promise<void>;
    /** Additional work in the transaction that stores the key. */
    onStored?: (connection: Connection, key: ApiKey) => void;
  },
): Promise<KeyOutput> {
  const { teamId, name, key: secret } = input;
  const keyHash = hashKey(secret);
  const duplicate = await app.db.prisma.apiKey.findUnique({ where: { teamId_keyHash: { teamId, keyHash } } });
  // A key that cannot be decrypted may be added again, which continues its history.
  if (duplicate && decryptSecret(app, duplicate) !== null) throw duplicateError(duplicate.name);
  const answer = await checkNewKey(app, { teamId, secret, address: input.origin.address });
  if (!answer.ok && answer.reason === "unauthorized")
    throw new AppError("BAD_REQUEST", message("key_not_accepted", {}));
  if (input.kind === "management") requireManagementKey(answer);
  await input.beforeStored?.();
  const now = app.clock.now();
  const blank = {
    rejections: 0,
    firstRejectedAt: null,
    status: "unverified",
    goneAt: null,
    usageNanos: null,
    byokNanos: null,
  };
  const data: NewKey = {
    ...applyKeyResponse(blank, answer, now),
    teamId,
    name,
    description: input.description || null,
    keyHash,
    source: "pasted",
    keyEncrypted: app.cipher.encrypt(secret, { ownerId: teamId, keyHash }),
    label: maskKey(secret),
    createdAt: now,
  };
  const stored = await app.db.write((connection) => {
    // Meanwhile an account may have listed it, or another request may have stored it.
    const known = findKeysByHash(connection, teamId, [keyHash]).get(keyHash);
    if (known && hasSecret(known) && known.id !== duplicate?.id) throw duplicateError(known.name);
    if (data.kind !== "management" && !(known && hasSecret(known)))
      requireKeyLimit(connection, { teamId, max: app.config.maxApiKeysPerUser });
    connection
      .prepare(
        "DELETE FROM removed_keys WHERE key_hash = ? AND account_id IN (SELECT id FROM openrouter_accounts WHERE team_id = ?)",
      )
      .run(keyHash, teamId);
    const key = known ? reopen(connection, known, data) : insertKey(connection, data);
    if (key.kind === "management" && !known) forgetCoverage(connection, { teamId, uncovered: true });
    input.onStored?.(connection, key);
    return notePending(connection, key, now);
  });
  carryOverChecks(app, findKey(app, stored.id) ?? stored);
  await recordEvent(app, {
    userId: input.userId,
    teamId,
    message: message("event_key_added", { ...paramsOf(stored), api_token: input.apiToken ?? null }),
    origin: input.origin,
  });
  return toKeyOutput(stored, now);
}

/** @throws BAD_REQUEST for a key of the other kind, BAD_GATEWAY if OpenRouter does not return the kind */
function requireManagementKey(answer: Awaited<ReturnType<typeof checkNewKey>>): void {
  if (!answer.ok) throw new AppError("BAD_GATEWAY", message("key_check_failed", { cause: answer.problem }));
  if (answer.data.kind !== "management") throw new AppError("BAD_REQUEST", message("account_needs_management_key", {}));
}

/** Records a pending first sync, so that the next start resumes it if this process ends. */
function notePending(connection: Connection, key: ApiKey, requestedAt: Date): ApiKey {
  if (key.status === "valid")
    connection
      .prepare(
        `INSERT INTO pending_syncs (api_key_id, requested_at) VALUES (?, ?)
         ON CONFLICT DO UPDATE SET requested_at = excluded.requested_at, attempts = 0, started_at = NULL`,
      )
      .run(key.id, storedInstant(requestedAt));
  return key;
}

/** Stores the secret of a known key that had none or could not be decrypted. Its history is kept. */
function reopen(connection: Connection, key: ApiKey, data: NewKey): ApiKey {
  const { createdAt: _, description, ...fields } = data;
  const change = {
    ...fields,
    description: description ?? key.description,
    lastSyncError: null,
    // The switch of a key that could not be decrypted is kept.
    ...(hasSecret(key) ? {} : { isActive: true }),
  };
  changeKey(connection, key, change);
  return { ...key, ...change };
}

const duplicateError = (name: string | null): AppError =>
  new AppError("CONFLICT", message("key_already_added", { key: name }));

function requireKeyLimit(connection: Connection, input: { teamId: number; max: number }): void {
  // Keys of unknown kind count. Keys without a stored secret, listed by an account, do not.
  const count =
    "SELECT count(*) FROM api_keys WHERE team_id = ? AND kind IS NOT 'management' AND key_encrypted IS NOT NULL";
  const total = Number(connection.prepare(count).pluck().get(input.teamId));
  if (total >= input.max) throw new AppError("CONFLICT", message("key_limit_reached", { limit: input.max }));
}
