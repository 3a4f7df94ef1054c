import { createHash } from "node:crypto";
import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent, recordLater } from "../audit/service.ts";
import { findLead } from "../memberships/membership.ts";
import type { Priority } from "../openrouter/requests/pace.ts";
import type { Caller } from "../openrouter/requests/request.ts";
import { usageNow } from "../platform/clock.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { toKeyOutput } from "./list/output.ts";
import type { KeyNamesOutput, KeyOutput } from "./schema.ts";
import { changeKey, forgetCoverage, UNWATCHED } from "./stored.ts";

/** OpenRouter's ID of a key: SHA-256 (hex) of the whole key. */
export const hashKey = (secret: string): string => createHash("sha256").update(secret).digest("hex");

export const notFound = () => new AppError("NOT_FOUND", message("key_not_found", {}));

/** @throws NOT_FOUND if it does not belong to the team */
export async function getOwned(app: App, input: { teamId: number; id: number }): Promise<ApiKey> {
  const key = await app.db.prisma.apiKey.findFirst({ where: { id: input.id, teamId: input.teamId } });
  if (!key || key.kind === "residual") throw notFound();
  return key;
}

/** Keys that OpenRouter has not accepted yet share one lane, so that invalid keys have no rate limits of their own. */
const UNKNOWN_LANE = "unknown";

/** The credential of a key that is not stored. Its requests also count for the key, in case OpenRouter accepts it. */
export const callerOfNew = (secret: string): Caller => ({
  secret,
  lane: UNKNOWN_LANE,
  countedIn: hashKey(secret),
  priority: "person",
});

/** Counts the requests that checked a key for the lane of its syncs. */
export function carryOverChecks(app: App, key: ApiKey): void {
  if (key.kind !== null) app.openRouter.carryOver(key.keyHash, laneOf(app, key));
}

/** Lane of a key's own requests. All users of an OpenRouter account share its rate limit: its default workspace identifies it. */
function laneOf(app: App, key: Pick<ApiKey, "account" | "accountId" | "keyHash" | "kind">): string {
  const identity = app.db.reader
    .prepare("SELECT identity FROM openrouter_accounts WHERE id = ?")
    .pluck()
    .get(key.accountId) as string | null | undefined;
  return identity ?? key.account ?? (key.kind === null ? UNKNOWN_LANE : key.keyHash);
}

/** Whether the secret of the key is stored, not only its hash. */
export const hasSecret = (key: Pick<ApiKey, "keyEncrypted">): boolean => key.keyEncrypted !== null;

/** The key's secret; `null` if none is stored, or if it cannot be decrypted. */
export const decryptSecret = (app: App, key: ApiKey): string | null =>
  key.keyEncrypted === null
    ? null
    : app.cipher.decrypt(key.keyEncrypted, { ownerId: key.teamId, keyHash: key.keyHash });

/** The credential of a stored key for requests to OpenRouter; `null` as for `decryptSecret`. */
export function callerOf(app: App, key: ApiKey, priority: Priority): Caller | null {
  const secret = decryptSecret(app, key);
  if (secret !== null) noteSent(app, key, priority);
  return secret === null ? null : { secret, lane: laneOf(app, key), priority };
}

/** Names of all keys for pickers, newest first. */
export async function listKeyNames(app: App, { teamId }: { teamId: number }): Promise<KeyNamesOutput> {
  const items = await app.db.prisma.apiKey.findMany({
    where: { teamId, OR: [{ kind: null }, { kind: { not: "residual" } }] },
    select: { id: true, name: true, kind: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return { items: items as KeyNamesOutput["items"] };
}

/** @throws NOT_FOUND */
export const getKey = async (app: App, input: { teamId: number; id: number }): Promise<KeyOutput> =>
  toKeyOutput(await getOwned(app, input), usageNow(app.clock));

/** @throws NOT_FOUND */
export async function updateKey(
  app: App,
  input: {
    userId: number;
    teamId: number;
    origin: Origin;
    /** Name of the API token that changes it. */
    apiToken?: string;
    id: number;
    name?: string | undefined;
    description?: string | null | undefined;
    is_active?: boolean | undefined;
  },
): Promise<KeyOutput> {
  const key = await getOwned(app, input);
  const { teamId, id } = input;
  const isSwitched = input.is_active !== undefined && input.is_active !== key.isActive;
  const isUnwatched = isSwitched && !input.is_active && key.accountId !== null && key.kind !== "management";
  await app.db.write((connection) => {
    changeKey(connection, key, {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.description === undefined ? {} : { description: input.description || null }),
      ...(input.is_active === undefined ? {} : { isActive: input.is_active }),
      ...(isUnwatched ? UNWATCHED : {}),
    });
    if (isSwitched && key.kind === "management") forgetCoverage(connection, { teamId });
  });
  const changed = await getOwned(app, { teamId, id });
  if (changed.name !== key.name || changed.description !== key.description || changed.isActive !== key.isActive)
    await recordEvent(app, {
      userId: input.userId,
      teamId,
      message: message("event_key_changed", { ...paramsOf(changed), api_token: input.apiToken ?? null }),
      origin: input.origin,
      fold: `${id}`,
    });
  return toKeyOutput(changed, usageNow(app.clock));
}

/** Records that a key was sent to OpenRouter, once per UTC day, because this happens every hour. */
export function noteSent(app: App, key: ApiKey, priority: Priority): void {
  const { sentOn } = app.memory.keys;
  const today = app.clock.now().toISOString().slice(0, 10);
  if (sentOn.get(key.id) === today) return;
  sentOn.set(key.id, today);
  const userId = findLead(app.db.reader, key.teamId);
  if (userId === null) return;
  recordLater(app, {
    userId,
    message: message("event_key_sent", paramsOf(key)),
    actor: priority === "person" ? "owner" : "server",
    fold: String(key.id),
    foldBy: "day",
  });
}

/** Parameters of a key in events of the activity log. */
export const paramsOf = (key: Pick<ApiKey, "id" | "name" | "label">) => ({
  api_key_id: key.id,
  name: key.name,
  label: key.label,
});
