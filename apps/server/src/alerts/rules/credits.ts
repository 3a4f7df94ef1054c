import { formatNanos } from "@orwatch/domain/money";
import { type Message, message } from "@orwatch/messages/message";
import { type Assessment, defineRule, type KeyFacts, LASTING } from "./define.ts";
import { amountField, toNanos } from "./fields.ts";
import { activeKeys } from "./key-state.ts";

/** Credits of an OpenRouter account below an amount. */
export const credits = defineRule({
  kind: "credits",
  summary: "credits of the OpenRouter account are below `amount`",
  fields: { amount: amountField("Threshold in USD.") },
  defaults: {},
  toTerms: ({ amount }) => ({ amount: toNanos(amount) }),
  toFields: ({ amount }) => ({ amount: formatNanos(amount) }),
  amounts: ["amount"],
  defaultRule: { amount: 5_000_000_000n },
  subjects: (keys) => activeKeys(keys).map(accountOf),
  evaluate: ({ terms, keys }) =>
    [...latestByAccount(activeKeys(keys))].map(([subject, key]) => assess(subject, key, terms.amount)),
});

const accountOf = (key: KeyFacts): string => (key.account ? `account:${key.account}` : `key:${key.id}`);

/** Of several management keys of an account, the one synced last. Accounts that never bought credits are left out: nothing is known. */
function latestByAccount(keys: KeyFacts[]): Map<string, KeyFacts> {
  const accounts = new Map<string, KeyFacts>();
  for (const key of keys) {
    if (key.kind !== "management" || key.creditsTotal === null) continue;
    const subject = accountOf(key);
    const known = accounts.get(subject);
    if (!known || (key.lastSyncedAt ?? key.createdAt) > (known.lastSyncedAt ?? known.createdAt))
      accounts.set(subject, key);
  }
  return accounts;
}

function assess(subject: string, key: KeyFacts, least: bigint): Assessment {
  const remaining = key.creditsLeft;
  if (remaining === null) return { subject, key, period: LASTING, window: LASTING, levels: [] };
  const threshold = formatNanos(least);
  const params = {
    key_id: key.id,
    key: key.accountName ?? key.name,
    remaining: String(remaining),
    threshold: String(least),
  };
  const content = (message: Message) => ({
    threshold,
    value: formatNanos(remaining),
    unit: "usd" as const,
    window: null,
    message,
  });
  return {
    subject,
    key,
    period: LASTING,
    window: `${LASTING}/${formatNanos(key.creditsTotal ?? 0n)}`,
    levels: [
      {
        threshold,
        isFiring: remaining < least,
        alert: () => content(message("credits_below", params)),
        resolved: () => content(message("credits_resolved", params)),
      },
    ],
  };
}
