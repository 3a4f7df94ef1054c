import { type Message, message } from "@orwatch/messages/message";
import { z } from "zod";
import { defineRule } from "./define.ts";
import { field } from "./fields.ts";
import { activeKeys, causeOf, keyParams, lastingState, NOT_MEASURED, subjectsOfActiveKeys } from "./key-state.ts";

/** A key has not synced for some hours. */
export const syncStale = defineRule({
  kind: "sync_stale",
  summary: "the key has not synced for `hours`",
  fields: {
    hours: field(z.int().min(1).max(720).describe("Hours since the last sync."), z.int()),
  },
  defaults: { hours: 24 },
  toTerms: ({ hours }) => ({ hours }),
  toFields: ({ hours }) => ({ hours }),
  amounts: [],
  defaultRule: { hours: 24 },
  subjects: subjectsOfActiveKeys,
  evaluate({ terms: { hours }, keys, facts }) {
    // Measured up to the last attempt: a server that was down has not failed to sync.
    const { attemptedAt } = facts;
    if (attemptedAt === null) return [];
    return activeKeys(keys).map((key) => {
      const since = key.lastSyncedAt ?? key.createdAt;
      const content = (message: Message) => ({
        ...NOT_MEASURED,
        threshold: String(hours),
        unit: "hours" as const,
        message,
      });
      const level = {
        threshold: String(hours),
        isFiring: attemptedAt.getTime() - since.getTime() >= hours * 3_600_000,
        alert: () =>
          content(
            message("key_sync_stale", {
              ...keyParams(key),
              hours,
              synced_at: key.lastSyncedAt?.toISOString() ?? null,
              cause: causeOf(key.lastSyncError),
            }),
          ),
        resolved: () => content(message("key_sync_stale_resolved", keyParams(key))),
      };
      return lastingState(key, level, since);
    });
  },
});
