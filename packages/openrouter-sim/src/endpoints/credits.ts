import { type Answer, json } from "../server/answers.ts";
import { type Context, money, requireKey, requireManagementKey } from "../server/context.ts";

/** GET /credits: bought and spent by the whole account, deleted keys and chat room included. */
export function getCredits(context: Context): Answer {
  const { ledger, clock, options } = context;
  if (options.creditsWithInferenceKey === 403) {
    requireManagementKey(context, 403, "Only management keys can perform this operation");
  }
  const account = ledger.account(requireKey(context).accountId);
  const asOf = clock.nowMs() - options.creditsLagMs;
  let used = account.otherUsedNanos;
  for (const key of ledger.keysOf(account.id)) used += ledger.counterAt(key, asOf).usage;
  return json({ data: { total_credits: money(context, account.creditsNanos), total_usage: money(context, used) } });
}
