import { message } from "@orwatch/messages/message";
import { defineRule } from "./define.ts";
import { activeKeys, causeOf, keyParams, lastingState, NOT_MEASURED, subjectsOfActiveKeys } from "./key-state.ts";

/** OpenRouter no longer accepts a key. */
export const keyInvalid = defineRule({
  kind: "key_invalid",
  summary: "OpenRouter no longer accepts the key",
  fields: {},
  defaults: {},
  toTerms: () => ({}),
  toFields: () => ({}),
  amounts: [],
  defaultRule: {},
  subjects: subjectsOfActiveKeys,
  evaluate: ({ keys }) =>
    activeKeys(keys)
      .filter(({ status }) => status !== "unverified")
      .map((key) =>
        lastingState(
          key,
          {
            threshold: "invalid",
            // A key that was already disabled or expired when first listed does not fire.
            isFiring: key.status === "invalid" && (key.hasSecret || key.firstRejectedAt !== null),
            alert: () => ({
              ...NOT_MEASURED,
              message: message("key_rejected", { ...keyParams(key), cause: causeOf(key.statusMessage) }),
            }),
            resolved: () => ({ ...NOT_MEASURED, message: message("key_rejected_resolved", keyParams(key)) }),
          },
          key.firstRejectedAt,
        ),
      ),
});
