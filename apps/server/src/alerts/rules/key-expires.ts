import { type Message, message } from "@orwatch/messages/message";
import { z } from "zod";
import { defineRule, type KeyFacts } from "./define.ts";
import { field } from "./fields.ts";
import { activeKeys, keyParams, lastingState, NOT_MEASURED, subjectsOfActiveKeys } from "./key-state.ts";

const DAY_MS = 86_400_000;

/** A key expires within some days. */
export const keyExpires = defineRule({
  kind: "key_expires",
  summary: "the key expires within `days`",
  fields: {
    days: field(z.int().min(1).max(365).describe("Days before the key expires."), z.int()),
  },
  defaults: { days: 7 },
  toTerms: ({ days }) => ({ days }),
  toFields: ({ days }) => ({ days }),
  amounts: [],
  defaultRule: { days: 7 },
  subjects: subjectsOfActiveKeys,
  evaluate: ({ terms: { days }, keys, now }) =>
    activeKeys(keys).map((key) => {
      const content = (message: Message) => ({
        ...NOT_MEASURED,
        threshold: String(days),
        unit: "days" as const,
        message,
      });
      const level = {
        threshold: String(days),
        isFiring: key.expiresAt !== null && key.expiresAt.getTime() - now.getTime() <= days * DAY_MS,
        alert: () => content(alertMessage(key, now)),
        resolved: () => content(message("key_expires_resolved", { ...keyParams(key), days })),
      };
      return lastingState(key, level, key.expiresAt);
    }),
});

function alertMessage(key: KeyFacts, now: Date): Message {
  // Only a key that expires fires.
  const expiresAt = key.expiresAt ?? now;
  const instant = expiresAt.toISOString();
  if (expiresAt <= now) return message("key_expired", { ...keyParams(key), expired_at: instant });
  const days = Math.floor((expiresAt.getTime() - now.getTime()) / DAY_MS);
  return message("key_expires", { ...keyParams(key), days, expires_at: instant });
}
