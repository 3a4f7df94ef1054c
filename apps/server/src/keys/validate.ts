import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import type { Answer } from "../openrouter/client.ts";
import type { CurrentKey } from "../openrouter/schema.ts";
import { withinLog } from "../platform/log.ts";
import { forEachSpread, startGapMs } from "../platform/spread.ts";
import { AppError } from "../rpc/app-error.ts";
import { applyKeyResponse } from "./key-status.ts";
import { UNDECRYPTABLE } from "./lockout.ts";
import type { KeyOutput } from "./schema.ts";
import { callerOf, getKey, getOwned, hasSecret } from "./service.ts";
import { changeKey, listActiveKeys } from "./stored.ts";

/** Stores what a response of /key says of the key, unless the key has been deleted meanwhile. Returns the key with it. */
export async function recordAnswer(app: App, key: ApiKey, answer: Answer<CurrentKey>): Promise<ApiKey> {
  const change = applyKeyResponse(key, answer, app.clock.now());
  if (Object.keys(change).length === 0) return key;
  await app.db.write((connection) => changeKey(connection, key, change));
  return { ...key, ...change };
}

/**
 * Asks OpenRouter about a key now, for a person.
 * @throws NOT_FOUND, CONFLICT when its secret is not stored, BAD_GATEWAY when OpenRouter cannot be reached
 */
export async function validateKey(app: App, input: { userId: number; id: number }): Promise<KeyOutput> {
  const key = await getOwned(app, input);
  if (!hasSecret(key)) throw new AppError("CONFLICT", message("key_without_secret", {}));
  const caller = callerOf(app, key, "person");
  if (!caller) throw new AppError("BAD_REQUEST", UNDECRYPTABLE);
  const answer = await app.openRouter.getCurrentKey(caller);
  if (!answer.ok && answer.reason !== "refused")
    throw new AppError("BAD_GATEWAY", message("key_check_failed", { cause: answer.problem }));
  await recordAnswer(app, key, answer);
  return getKey(app, input);
}

/** Keys that are asked about at once; each lane at OpenRouter paces itself besides. */
const KEYS_AT_ONCE = 8;

/**
 * Asks OpenRouter about every active key whose secret is stored; those without a response are counted and stay as they were. Their
 * starts are spread over most of `withinMs`; without it they aren't.
 */
export async function validateAll(
  app: App,
  { withinMs = 0 }: { withinMs?: number } = {},
): Promise<{ keys: number; invalid: number; unanswered: number }> {
  const counts = { keys: 0, invalid: 0, unanswered: 0 };
  const keys = listActiveKeys(app, {}).filter(hasSecret);
  const pace = {
    atOnce: KEYS_AT_ONCE,
    gapMs: startGapMs(keys.length, withinMs),
    clock: app.clock,
    signal: app.stopping,
  };
  await forEachSpread(keys, pace, async (key) => {
    const status = await withinLog({ api_key_id: key.id }, () => revalidate(app, key)).catch((error) => {
      app.log.error("validate.key", { api_key_id: key.id, error });
      return null;
    });
    counts.keys += 1;
    counts.unanswered += status === null ? 1 : 0;
    counts.invalid += status === "invalid" ? 1 : 0;
  });
  return counts;
}

/** The status after asking; `null` when no one answered. */
async function revalidate(app: App, key: ApiKey): Promise<string | null> {
  const caller = callerOf(app, key, "job");
  const answer = caller && (await app.openRouter.getCurrentKey(caller));
  if (!answer) return null;
  const { status } = await recordAnswer(app, key, answer);
  return answer.ok || answer.reason === "refused" ? status : null;
}
