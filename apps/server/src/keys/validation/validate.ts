import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import type { Answer } from "../../openrouter/requests/request.ts";
import type { CurrentKey } from "../../openrouter/schema.ts";
import { withinLog } from "../../platform/log.ts";
import { forEachSpread, startGapMs } from "../../platform/scheduling/pacing.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { KeyOutput } from "../schema.ts";
import { callerOf, getKey, getOwned, hasSecret } from "../service.ts";
import { changeKey, listActiveKeys } from "../stored.ts";
import { applyKeyResponse } from "./key-status.ts";
import { UNDECRYPTABLE } from "./lockout.ts";

/** Stores the result of /key, unless the key has been deleted meanwhile. Returns the updated key. */
export async function storeKeyResponse(app: App, key: ApiKey, answer: Answer<CurrentKey>): Promise<ApiKey> {
  const change = applyKeyResponse(key, answer, app.clock.now());
  if (Object.keys(change).length === 0) return key;
  await app.db.write((connection) => changeKey(connection, key, change));
  return { ...key, ...change };
}

/**
 * Checks a key with OpenRouter now, for a user.
 * @throws NOT_FOUND, CONFLICT if its secret is not stored, BAD_GATEWAY if OpenRouter cannot be reached
 */
export async function validateKey(app: App, input: { teamId: number; id: number }): Promise<KeyOutput> {
  const key = await getOwned(app, input);
  if (!hasSecret(key)) throw new AppError("CONFLICT", message("key_without_secret", {}));
  const caller = callerOf(app, key, "person");
  if (!caller) throw new AppError("BAD_REQUEST", UNDECRYPTABLE);
  const answer = await app.openRouter.getCurrentKey(caller);
  if (!answer.ok && answer.reason !== "unauthorized")
    throw new AppError("BAD_GATEWAY", message("key_check_failed", { cause: answer.problem }));
  await storeKeyResponse(app, key, answer);
  return getKey(app, input);
}

/** Maximum number of keys checked at the same time. Requests are also rate limited per lane. */
const KEYS_AT_ONCE = 8;

/**
 * Checks every active key with a stored secret. Keys without a response are counted and not changed. Starts
 * are spread over most of `withinMs`, if given.
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

/** The status after the check; `null` if there was no response. */
async function revalidate(app: App, key: ApiKey): Promise<string | null> {
  const caller = callerOf(app, key, "job");
  const answer = caller && (await app.openRouter.getCurrentKey(caller));
  if (!answer) return null;
  const { status } = await storeKeyResponse(app, key, answer);
  return answer.ok || answer.reason === "unauthorized" ? status : null;
}
