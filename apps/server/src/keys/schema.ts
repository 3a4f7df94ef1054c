import { z } from "zod";
import {
  codedMessage,
  count,
  dayOutput,
  id,
  idInput,
  instant,
  label,
  money,
  name,
  openRouterKey,
} from "../rpc/wire.ts";

const description = label(500).describe("Up to 500 characters");

export const addKeyInput = z.strictObject({
  name,
  key: openRouterKey,
  description: description.optional(),
});

export const keyIdInput = z.strictObject({ id: idInput });
export const keyActionInput = z.strictObject({ id: idInput });

export const updateKeyInput = z.strictObject({
  id: idInput,
  name: name.optional(),
  description: description.nullable().optional(),
  is_active: z.boolean().optional().describe("Off: kept, with its usage, but no longer asked about at OpenRouter"),
});

export const ATTENTION = ["unused", "no_limit", "low_limit", "failing"] as const;
export type Attention = (typeof ATTENTION)[number];

const attention = z
  .enum(ATTENTION)
  .describe(
    "Only keys that are switched on and: unused for 30 days (all of them known), without a limit, with at most a fifth of their limit left (inference keys all), or failing: their last sync did",
  );

export const KEY_COLUMNS = [
  "name",
  "usage_daily",
  "usage_weekly",
  "usage_monthly",
  "usage",
  "last_used_at",
  "last_synced_at",
] as const;
export type KeyColumn = (typeof KEY_COLUMNS)[number];
export type KeySort = KeyColumn | `-${KeyColumn}`;

const keyIds = z.array(idInput).max(1000).optional();

/** The keys that a page is filtered to. */
export const keyFilter = z.strictObject({
  api_key_id: keyIds.describe("Only these keys"),
  exclude_api_key_id: keyIds.describe("Not these keys"),
});
export type KeyFilter = z.infer<typeof keyFilter>;

export const listKeysInput = keyFilter.extend({
  skip: z.coerce.number<number>().int().min(0).max(1_000_000).default(0).describe("How many to pass over"),
  limit: z.coerce.number<number>().int().min(1).max(100).default(10).describe("How many to send, 1 to 100"),
  show: attention.optional(),
  sort: z
    .enum([...KEY_COLUMNS, ...KEY_COLUMNS.map((column) => `-${column}` as const)])
    .optional()
    .describe(
      "A column, with - before it from the largest down; what is not known comes last. Without it the newest first",
    ),
});

const optionalMoney = money.nullable();

export const keyOutput = z
  .object({
    id,
    name: z.string(),
    description: z.string().nullable(),
    label: z.string().describe("The key, masked"),
    kind: z.enum(["inference", "management"]).nullable().describe("null until OpenRouter has been asked"),
    is_active: z.boolean(),
    status: z.enum(["valid", "invalid", "unverified"]),
    status_message: z.string().nullable().describe("The reason for the status, in English"),
    status_reason: codedMessage.nullable().describe("status_message as code and parameters"),
    managed_by: id.nullable().describe("Id of the management key that covers this key"),
    source: z
      .enum(["pasted", "discovered"])
      .describe("discovered: listed by an OpenRouter account, and not added by hand"),
    has_secret: z.boolean().describe("false: discovered through a management key, and cannot be checked by itself"),
    account_id: id.nullable().describe("Id of the OpenRouter account that has the key; null: not known"),
    workspace: z.string().nullable().describe("Name of its workspace at OpenRouter; null: not known"),
    has_limit: z
      .boolean()
      .nullable()
      .describe("false: OpenRouter keeps no limit for the key; null: not known. A limit of 0 is a limit"),
    limit: optionalMoney.describe("null: none, or not known; has_limit says which"),
    limit_remaining: optionalMoney.describe(
      "Left in the limit window under way; may be negative. null: no limit, or not known, as after a reset until the next sync",
    ),
    include_byok_in_limit: z
      .boolean()
      .nullable()
      .describe("Spend on your own provider keys counts towards the limit; null until OpenRouter has been asked"),
    limit_reset: z.string().nullable().describe("daily, weekly, monthly; null: never"),
    usage: optionalMoney.describe("All-time spend, as OpenRouter counts it"),
    usage_daily: optionalMoney.describe("Spend on this UTC day; null when it was not read since the day began"),
    usage_weekly: optionalMoney.describe("In this week, which began on Monday; null when not read since"),
    usage_monthly: optionalMoney.describe("In this calendar month; null when not read since it began"),
    byok_usage: optionalMoney.describe(
      "All-time spend on your own provider keys, as OpenRouter estimates it; not charged. null: not known",
    ),
    byok_usage_daily: optionalMoney,
    byok_usage_weekly: optionalMoney,
    byok_usage_monthly: optionalMoney,
    counters_at: instant.nullable().describe("When OpenRouter was last asked for limit and counters, by its clock"),
    expires_at: instant.nullable(),
    credits: z
      .object({
        total: money.describe("Credits ever bought. OpenRouter does not count grants"),
        used: money,
        remaining: optionalMoney.describe(
          "null: the account has never bought credits. OpenRouter does not report granted credits, so the balance is unknown",
        ),
      })
      .nullable()
      .describe("Credits of the account; for management keys"),
    created_at: instant,
    last_used_at: instant.nullable(),
    last_validated_at: instant.nullable(),
    last_synced_at: instant.nullable(),
    last_sync_error: z.string().nullable().describe("Why the last sync failed, in English; null: it did not"),
    last_sync_error_message: codedMessage.nullable().describe("last_sync_error as code and parameters"),
  })
  .meta({ id: "Key" });

export const keyListOutput = z.object({ items: z.array(keyOutput), total: count });

export type KeyOutput = z.infer<typeof keyOutput>;

export const attentionOutput = z.object({
  spending: count.describe("Inference keys that are switched on"),
  unused: count,
  no_limit: count,
  low_limit: count,
  failing: count.describe("Keys of either kind whose last sync failed"),
});
export type AttentionOutput = z.infer<typeof attentionOutput>;

/** For pickers: every key, newest first. */
export const keyNamesOutput = z.object({
  items: z.array(z.object({ id, name: z.string(), kind: keyOutput.shape.kind })),
});
export type KeyNamesOutput = z.infer<typeof keyNamesOutput>;

/** What may still be spent: inference keys that are switched on, the nearest to its end first. */
export const keyLimitsOutput = z.object({
  items: z.array(
    z.object({
      id,
      name: z.string(),
      usage_daily: optionalMoney,
      byok_usage_daily: optionalMoney,
      has_limit: z.boolean().nullable().describe("false: none of its own; null: not known"),
      limit: optionalMoney.describe("Its own; null: none, or not known"),
      limit_remaining: optionalMoney.describe("null: no limit, or not known, as after a reset until the next sync"),
      limit_reset: z.string().nullable(),
      include_byok_in_limit: z.boolean().nullable(),
      credits_remaining: optionalMoney.describe("Of its account, as the management key sees them; null: not known"),
      is_free_tier: z
        .boolean()
        .nullable()
        .describe("true: the account has never bought credits, and of grants nothing is known; null: not known"),
      first: z
        .enum(["own", "credits"])
        .nullable()
        .describe("What stops the key first, if nothing else draws on the credits; null: nothing known"),
    }),
  ),
  total: count.describe("Keys there are; items has the first dozen"),
});
export type KeyLimitsOutput = z.infer<typeof keyLimitsOutput>;

/** What goes when the key is deleted. */
export const deletionImpactOutput = z.object({
  id,
  usage_rows: count,
  usage_days: count.describe("Days on which something was used"),
  cost: money,
  first_day: dayOutput.nullable(),
  last_day: dayOutput.nullable(),
  covered_keys: count.describe("Keys whose usage is read with this one"),
});
export type DeletionImpactOutput = z.infer<typeof deletionImpactOutput>;
