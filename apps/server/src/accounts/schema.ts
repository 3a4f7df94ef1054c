import { z } from "zod";
import { codedMessage, count, day, dayOutput, id, idInput, instant, money, name, openRouterKey } from "../rpc/wire.ts";

const optionalMoney = money.nullable();

export const watch = z
  .enum(["all", "selected"])
  .describe("all: keys that appear at OpenRouter are watched, too; selected: they are listed and nothing more");

export const addAccountInput = z.strictObject({ name, key: openRouterKey });
export const accountIdInput = z.strictObject({ id: idInput });
export const updateAccountInput = z.strictObject({ id: idInput, name: name.optional(), watch: watch.optional() });
export const replaceKeyInput = z.strictObject({ id: idInput, key: openRouterKey });

export const deleteAccountInput = z.strictObject({
  id: idInput,
  delete_usage: z
    .enum(["true", "false"])
    .default("false")
    .describe(
      "true: the keys that the account listed go with all their usage; keys you added by hand stay as they are",
    ),
});

const page = {
  skip: z.coerce.number<number>().int().min(0).max(1_000_000).default(0).describe("How many to pass over"),
};

export const ACCOUNT_KEY_COLUMNS = ["name", "usage_daily", "usage_monthly", "usage"] as const;
export type AccountKeyColumn = (typeof ACCOUNT_KEY_COLUMNS)[number];
export type AccountKeySort = AccountKeyColumn | `-${AccountKeyColumn}`;

export const listAccountKeysInput = z.strictObject({
  id: idInput,
  ...page,
  sort: z
    .enum([...ACCOUNT_KEY_COLUMNS, ...ACCOUNT_KEY_COLUMNS.map((column) => `-${column}` as const)])
    .optional()
    .describe(
      "A column, with - before it from the largest down; unknown values come last. Without it the newest first",
    ),
  limit: z.coerce.number<number>().int().min(1).max(1000).default(100).describe("How many to send, 1 to 1000"),
  search: z.string().trim().max(100).optional().describe("Only keys with this in their name or label"),
  workspace_id: z.string().max(100).optional().describe("Only keys of this workspace"),
});

export const keyHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("OpenRouter's id of the key: SHA-256 (hex) of the whole key");

export const setAccountKeyInput = z.strictObject({
  id: idInput,
  hash: keyHash,
  is_watched: z.boolean().optional().describe("false: its history is kept, and nothing is added to it"),
  name: name.optional().describe("What the key is called here; without it, its name at OpenRouter"),
});

export const historyInput = z.strictObject({
  id: idInput,
  ...page,
  limit: z.coerce.number<number>().int().min(1).max(100).default(20).describe("How many to send, 1 to 100"),
});

export const accountOutput = z
  .object({
    id,
    name: z.string(),
    watch,
    management_key_id: id.nullable().describe("The management key that lists its keys; null: none is stored"),
    workspaces: z.array(z.object({ id: z.string(), name: z.string(), is_default: z.boolean(), keys_total: count })),
    keys_total: count.describe("Keys that OpenRouter has, as far as they are known here"),
    keys_watched: count,
    coverage_percent: z
      .number()
      .nullable()
      .describe("Share of all that the account has ever spent that its watched keys spent; null: not known"),
    credits: z
      .object({
        total: money.describe("Credits ever bought. OpenRouter does not count grants"),
        used: money,
        remaining: optionalMoney.describe("null: the account has never bought credits, so nothing is known"),
      })
      .nullable(),
    backfill: z
      .object({
        recent: count.describe("Of these, keys whose last 31 days have been read, those of done included"),
        done: count.describe("Of these, keys whose whole history has been read"),
        total: count.describe("Watched keys with usage and without a stored secret"),
      })
      .describe("How far the history of the keys has been read"),
    last_synced_at: instant.nullable().describe("When all of its keys were listed for the last time"),
    last_sync_error: z.string().nullable().describe("Why the last listing failed, in English; null: it did not"),
    last_sync_error_message: codedMessage.nullable().describe("last_sync_error as code and parameters"),
    created_at: instant,
  })
  .meta({ id: "Account" });
export type AccountOutput = z.infer<typeof accountOutput>;

export const accountListOutput = z.object({ items: z.array(accountOutput) });

export const accountKeyOutput = z
  .object({
    hash: z.string(),
    api_key_id: id.nullable().describe("Its id among your keys; null: you deleted it here"),
    name: z.string(),
    name_at_openrouter: z.string().nullable(),
    label: z.string().describe("The key, masked"),
    workspace_id: z.string().nullable(),
    workspace: z.string().nullable(),
    source: z.enum(["pasted", "discovered"]),
    has_secret: z.boolean(),
    is_watched: z.boolean(),
    is_disabled: z.boolean().describe("At OpenRouter"),
    deleted_at: instant.nullable().describe("When OpenRouter no longer had it; null: it has it"),
    has_limit: z.boolean().nullable(),
    limit: optionalMoney,
    limit_remaining: optionalMoney,
    limit_reset: z.string().nullable(),
    usage: optionalMoney.describe("All-time spend, as OpenRouter counts it"),
    usage_daily: optionalMoney,
    usage_monthly: optionalMoney,
    expires_at: instant.nullable(),
    created_at: instant.nullable().describe("At OpenRouter"),
    backfill: z
      .enum(["none", "waiting", "recent", "done"])
      .describe("none: nothing to read; waiting; recent: the last 31 days are here; done: all that OpenRouter has"),
    last_synced_at: instant.nullable(),
    last_sync_error: z.string().nullable(),
    last_sync_error_message: codedMessage.nullable(),
  })
  .meta({ id: "AccountKey" });
export type AccountKeyOutput = z.infer<typeof accountKeyOutput>;

export const accountKeyListOutput = z.object({
  items: z.array(accountKeyOutput),
  total: count,
  sums: z
    .object({ usage: optionalMoney, usage_daily: optionalMoney, usage_monthly: optionalMoney })
    .describe("Sums over all keys of the list, not only those sent; null when no key's value is known"),
});
export type AccountKeyListOutput = z.infer<typeof accountKeyListOutput>;

export const historyOutput = z.object({
  items: z.array(
    z.object({
      id,
      at: instant,
      hash: z.string().nullable().describe("Of the key that it is about; null: it is about the account"),
      api_key_id: id.nullable(),
      text: z.string().describe("What happened, in English"),
      message: codedMessage,
    }),
  ),
  total: count,
});

export const reconciliationInput = z.strictObject({
  id: idInput,
  start_date: day.describe("First day, included"),
  end_date: day.describe("Last day, included"),
});

export const reconciliationOutput = z.object({
  items: z.array(
    z.object({
      date: dayOutput,
      account_total: optionalMoney.describe("All that the account has spent; null where it has not been asked for yet"),
      watched_total: money.describe("What its keys here have of that"),
      residuals: z
        .array(
          z.object({
            cause: z
              .enum(["not_watched", "deleted", "chatroom", "unknown", "counters_only"])
              .describe(
                "Keys that are not watched, deleted keys, the chatroom, not attributed to a key; counters_only: counters of keys know of it and analytics does not show it yet, so it is not part of account_total",
              ),
            amount: money,
          }),
        )
        .describe("What account_total has beyond watched_total, and counters_only"),
      counters_total: optionalMoney.describe(
        "Spend by the counters of its keys; null where they do not know the whole day",
      ),
      credits_change: optionalMoney.describe("Credits used on this day; null: not known"),
      is_open: z.boolean().describe("The day goes on: amounts were asked for one after the other"),
    }),
  ),
});
export type ReconciliationOutput = z.infer<typeof reconciliationOutput>;
