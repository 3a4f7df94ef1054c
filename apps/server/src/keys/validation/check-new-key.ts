import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import type { Answer } from "../../openrouter/requests/request.ts";
import type { CurrentKey } from "../../openrouter/schema.ts";
import { secondsLeft } from "../../platform/rate-limit.ts";
import { tooManyRequests } from "../../rpc/app-error.ts";
import { callerOfNew } from "../service.ts";

/** Limit of keys that OpenRouter rejected, so that this server cannot be used to test guessed keys. */
const REJECTED_OF_TEAM = { requests: 10, windowS: 3600 };
const REJECTED_FROM_ADDRESS = { requests: 30, windowS: 3600 };

/**
 * Checks a new key with OpenRouter, one at a time per team, so that parallel requests count too.
 * @throws TOO_MANY_REQUESTS if too many keys of the team or from the address were rejected
 */
export function checkNewKey(
  app: App,
  input: { teamId: number; secret: string; address: string },
): Promise<Answer<CurrentKey>> {
  const { newKeyChecks } = app.memory.keys;
  const previous = newKeyChecks.get(input.teamId) ?? Promise.resolve();
  const check = previous.catch(() => {}).then(() => checkWithLimits(app, input));
  newKeyChecks.set(input.teamId, check);
  const leave = () => {
    if (newKeyChecks.get(input.teamId) === check) newKeyChecks.delete(input.teamId);
  };
  check.then(leave, leave);
  return check;
}

async function checkWithLimits(
  app: App,
  { teamId, secret, address }: { teamId: number; secret: string; address: string },
) {
  const refund = takeBoth(app, [
    [`key-rejected-team:${teamId}`, REJECTED_OF_TEAM],
    [`key-rejected-address:${address}`, REJECTED_FROM_ADDRESS],
  ]);
  const answer = await app.openRouter.getCurrentKey(callerOfNew(secret));
  if (answer.ok || answer.reason !== "unauthorized") refund();
  return answer;
}

/** Takes one from each limit or from none. Returns a function that gives them back. @throws TOO_MANY_REQUESTS */
function takeBoth(app: App, wanted: [bucket: string, limit: { requests: number; windowS: number }][]): () => void {
  const taken: string[] = [];
  const refund = () => {
    for (const bucket of taken) app.limits.refund(bucket);
  };
  for (const [bucket, limit] of wanted) {
    const result = app.limits.take(bucket, limit);
    if (!result.allowed) {
      refund();
      const seconds = secondsLeft(result);
      throw tooManyRequests(message("too_many_rejected_keys", { count: limit.requests, seconds }));
    }
    taken.push(bucket);
  }
  return refund;
}
