import { z } from "zod";
import {
  byokCost,
  codedMessage,
  count,
  dayOutput,
  formerly,
  id,
  idInput,
  instant,
  label,
  limitTo,
  money,
  name,
  openRouterKey,
  requests,
  skip,
  syncState,
  total,
} from "../rpc/wire.ts";

const description = label(500).describe("Description, up to 500 characters.");

export const addKeyInput = z.strictObject({
  name,
  key: openRouterKey,
  description: description.optional(),
});

export const keyIdInput = z.strictObject({ id: idInput });

export const updateKeyInput = z.strictObject({
  id: idInput,
  name: name.optional(),
  description: description.nullable().optional(),
  is_active: z
    .boolean()
    .optional()
    .describe("`false` turns the key off: it is kept with its usage, but no longer updated from OpenRouter."),
});

const ATTENTION = ["unused", "no_limit", "low_limit", "failing"] as const;
export type Attention = (typeof ATTENTION)[number];

const attention = z
  .enum(ATTENTION)
  .describe(
    "Return only keys that are turned on and need attention. `unused`: inference keys without usage in the last 30 days, all of which are known. `no_limit`: inference keys without a limit. `low_limit`: inference keys with at most 20% of their limit left. `failing`: keys whose last sync failed.",
  );

const KEY_COLUMNS = [
  "name",
  "usage_daily",
  "usage_weekly",
  "usage_monthly",
  "usage",
  "limit_remaining",
  "last_used_at",
  "last_synced_at",
] as const;
type KeyColumn = (typeof KEY_COLUMNS)[number];
export type KeySort = KeyColumn | `-${KeyColumn}`;

const keyIds = z.array(idInput).max(1000).optional();

/** The keys that a page is filtered to. */
export const keyFilter = z.strictObject({
  api_key_id: keyIds.describe("Return only these keys."),
  exclude_api_key_id: keyIds.describe("Exclude these keys."),
});
export type KeyFilter = z.infer<typeof keyFilter>;

const keyStatusFilter = z
  .enum(["valid", "invalid", "unverified", "off"])
  .describe("Return only keys with this status. `off`: keys that are turned off, whatever their status.");
export type KeyStatusFilter = z.infer<typeof keyStatusFilter>;

export const listKeysInput = keyFilter.extend({
  skip,
  limit: limitTo(100, 10),
  show: attention.optional(),
  search: z
    .string()
    .trim()
    .max(100)
    .optional()
    .describe("Return only keys whose name, masked key, description or workspace contains this text."),
  status: keyStatusFilter.optional(),
  kind: z.enum(["inference", "management"]).optional().describe("Return only keys of this kind."),
  source: z.enum(["pasted", "discovered"]).optional().describe("Return only keys that were added like this."),
  workspace_id: z.string().max(100).optional().describe("Return only keys of this workspace."),
  sort: z
    .enum([...KEY_COLUMNS, ...KEY_COLUMNS.map((column) => `-${column}` as const)])
    .optional()
    .describe(
      "Column to sort by. Prefix it with `-` for descending order. Names are sorted with numbers in their order. Unknown values come last. Default: newest first.",
    ),
});

const optionalMoney = money.nullable();

export const keyOutput = z
  .object({
    id: id.describe("ID of the key."),
    name: z.string().describe("Name of the key in orwatch."),
    description: z.string().nullable().describe("Description of the key. `null` if none."),
    label: z.string().describe("The key, masked."),
    kind: z
      .enum(["inference", "management"])
      .nullable()
      .describe("`null` until the key has been checked at OpenRouter."),
    is_active: z.boolean().describe("Whether the key is turned on."),
    status: z
      .enum(["valid", "invalid", "unverified"])
      .describe("Whether OpenRouter accepts the key. `unverified`: it has not been checked yet."),
    status_message: z.string().nullable().describe("Reason for the status, in English."),
    status_reason: codedMessage.nullable().describe("`status_message` as a code and parameters."),
    managed_by: id.nullable().describe("ID of the management key that covers this key. `null` if none does."),
    source: z
      .enum(["pasted", "discovered"])
      .describe("`pasted`: added by hand. `discovered`: listed by an OpenRouter account and not added by hand."),
    has_secret: z
      .boolean()
      .describe("`false` if the key was discovered through a management key. Such a key cannot be checked on its own."),
    account_id: id.nullable().describe("ID of the OpenRouter account that the key belongs to. `null` if unknown."),
    workspace: z.string().nullable().describe("Name of the key's workspace at OpenRouter. `null` if unknown."),
    has_limit: z
      .boolean()
      .nullable()
      .describe("Whether the key has a limit at OpenRouter. A limit of 0 is a limit. `null` if unknown."),
    limit: optionalMoney.describe("`null` if the key has no limit or the limit is unknown; see `has_limit`."),
    limit_remaining: optionalMoney.describe(
      "Amount left until the limit resets. Can be negative. `null` if there is no limit or the amount is unknown, for example between a reset and the next sync.",
    ),
    include_byok_in_limit: z
      .boolean()
      .nullable()
      .describe(
        "Whether spend on your own provider keys (BYOK) counts toward the limit. `null` until it has been read from OpenRouter.",
      ),
    limit_reset: z
      .string()
      .nullable()
      .describe("How often the limit resets: `daily`, `weekly` or `monthly`. `null` if it never resets."),
    usage: optionalMoney.describe("All-time spend, as counted by OpenRouter."),
    usage_daily: optionalMoney.describe(
      "Spend of the current UTC day. `null` if it has not been read since the day began.",
    ),
    usage_weekly: optionalMoney.describe(
      "Spend of the current week, which starts on Monday (UTC). `null` if it has not been read since the week began.",
    ),
    usage_monthly: optionalMoney.describe(
      "Spend of the current calendar month (UTC). `null` if it has not been read since the month began.",
    ),
    byok_usage: optionalMoney.describe(
      "All-time spend on your own provider keys (BYOK), as estimated by OpenRouter. Not charged by OpenRouter. `null` if unknown.",
    ),
    byok_usage_daily: optionalMoney.describe("`byok_usage` of the current UTC day. `null` if unknown."),
    byok_usage_weekly: optionalMoney.describe("`byok_usage` of the current week. `null` if unknown."),
    byok_usage_monthly: optionalMoney.describe("`byok_usage` of the current month. `null` if unknown."),
    counters_at: instant
      .nullable()
      .describe("When the limit and the spend counters were last read, by OpenRouter's clock."),
    expires_at: instant.nullable().describe("When the key expires at OpenRouter. `null` if never, or unknown."),
    credits: z
      .object({
        total: money.describe("All credits ever purchased. OpenRouter does not include granted credits."),
        used: money.describe("All credits ever used."),
        remaining: optionalMoney.describe(
          "`null` if the account has never purchased credits: OpenRouter does not report granted credits, so the balance is unknown.",
        ),
      })
      .nullable()
      .describe("Credits of the OpenRouter account. Only for management keys."),
    created_at: instant.describe("When the key was added to orwatch."),
    last_used_at: instant.nullable().describe("When the key was last used at OpenRouter. `null` if never, or unknown."),
    last_validated_at: instant.nullable().describe("When the key was last checked at OpenRouter. `null` if never."),
    last_synced_at: instant.nullable().describe("End of the last successful sync. `null` if there was none."),
    last_sync_error: z.string().nullable().describe("Why the last sync failed, in English. `null` if it succeeded."),
    last_sync_error_message: codedMessage.nullable().describe("`last_sync_error` as a code and parameters."),
  })
  .meta({ id: "Key" });

/** A key as the public API returns it. */
export const publicKeyOutput = keyOutput
  .pick({
    id: true,
    name: true,
    description: true,
    label: true,
    kind: true,
    is_active: true,
    status: true,
    status_message: true,
    status_reason: true,
    account_id: true,
    workspace: true,
    has_limit: true,
    limit: true,
    limit_remaining: true,
    limit_reset: true,
    include_byok_in_limit: true,
    usage: true,
    usage_daily: true,
    usage_weekly: true,
    usage_monthly: true,
    byok_usage: true,
    byok_usage_daily: true,
    byok_usage_weekly: true,
    byok_usage_monthly: true,
    counters_at: true,
    expires_at: true,
    last_used_at: true,
    last_validated_at: true,
    last_synced_at: true,
    last_sync_error: true,
    last_sync_error_message: true,
  })
  .extend({
    stats: z
      .object({
        requests,
        cost: money,
        byok_cost: byokCost,
        total_requests: formerly("requests", requests),
        total_cost: formerly("cost", money),
      })
      .describe("Totals of the stored usage of the key."),
  })
  .meta({ id: "PublicKey" });

export const publicKeysOutput = z
  .object({
    items: z.array(publicKeyOutput).describe("All keys, including those that are turned off."),
    total: count.describe("Number of keys."),
    ...syncState,
  })
  .meta({ id: "KeyTotals" });

export const keyListOutput = z.object({
  items: z.array(keyOutput).describe("Keys of this page."),
  total,
  sums: z
    .object({
      usage: optionalMoney.describe("Sum of `usage`."),
      usage_daily: optionalMoney.describe("Sum of `usage_daily`."),
      usage_weekly: optionalMoney.describe("Sum of `usage_weekly`."),
      usage_monthly: optionalMoney.describe("Sum of `usage_monthly`."),
    })
    .describe("Sums over all keys that match, not only those returned. `null` if no amount is known."),
});
export type KeyListOutput = z.infer<typeof keyListOutput>;

export type KeyOutput = z.infer<typeof keyOutput>;

export const attentionOutput = z.object({
  spending: count.describe("Inference keys that are turned on."),
  unused: count,
  no_limit: count,
  low_limit: count,
  failing: count.describe("Keys of either kind whose last sync failed."),
});
export type AttentionOutput = z.infer<typeof attentionOutput>;

/** For pickers: every key, newest first. */
export const keyNamesOutput = z.object({
  items: z.array(z.object({ id, name: z.string(), kind: keyOutput.shape.kind })),
});
export type KeyNamesOutput = z.infer<typeof keyNamesOutput>;

/** Remaining budget of inference keys that are turned on, lowest first. */
export const keyLimitsOutput = z.object({
  items: z.array(
    z.object({
      id,
      name: z.string(),
      usage_daily: optionalMoney,
      byok_usage_daily: optionalMoney,
      has_limit: z.boolean().nullable().describe("`false` if the key has no limit of its own. `null` if unknown."),
      limit: optionalMoney.describe("The key's own limit. `null` if there is none or it is unknown."),
      limit_remaining: optionalMoney.describe(
        "`null` if there is no limit or the amount is unknown, for example between a reset and the next sync.",
      ),
      limit_reset: z.string().nullable(),
      include_byok_in_limit: z.boolean().nullable(),
      credits_remaining: optionalMoney.describe(
        "Remaining credits of the key's account, as seen by the management key. `null` if unknown.",
      ),
      is_free_tier: z
        .boolean()
        .nullable()
        .describe("Whether the account has never purchased credits. Granted credits are unknown. `null` if unknown."),
      first: z
        .enum(["own", "credits"])
        .nullable()
        .describe(
          "What is used up first, assuming that only this key uses the credits: its own limit or the credits. `null` if nothing is known.",
        ),
    }),
  ),
  total: count.describe("Number of all keys. `items` contains the first twelve."),
});
export type KeyLimitsOutput = z.infer<typeof keyLimitsOutput>;

/** What is deleted together with the key. */
export const deletionImpactOutput = z.object({
  id,
  usage_rows: count,
  usage_days: count.describe("Days with usage."),
  cost: money,
  first_day: dayOutput.nullable(),
  last_day: dayOutput.nullable(),
  covered_keys: count.describe("Keys whose usage is read through this key."),
});
export type DeletionImpactOutput = z.infer<typeof deletionImpactOutput>;
