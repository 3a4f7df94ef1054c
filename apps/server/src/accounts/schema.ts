import { z } from "zod";
import {
  codedMessage,
  count,
  id,
  idInput,
  instant,
  limitTo,
  money,
  name,
  openRouterKey,
  skip,
  total,
} from "../rpc/wire.ts";
import { breakdownSettings, breakdownSettingsInput, breakdownState } from "./breakdowns/schema.ts";

const optionalMoney = money.nullable();

const watch = z
  .enum(["all", "selected"])
  .describe("Whether new keys at OpenRouter are watched automatically (`all`) or only listed (`selected`).");

export const addAccountInput = z.strictObject({ name, key: openRouterKey });
export const accountIdInput = z.strictObject({ id: idInput });
export const updateAccountInput = z.strictObject({
  id: idInput,
  name: name.optional(),
  watch: watch.optional(),
  breakdowns: breakdownSettingsInput.optional(),
  notify_on_key_changes: z
    .boolean()
    .optional()
    .describe(
      "Whether a sync notifies you of keys that are new, renamed, disabled, enabled, moved, deleted or restored at OpenRouter, or have another limit. `false` by default.",
    ),
});
export const replaceKeyInput = z.strictObject({ id: idInput, key: openRouterKey });

export const deleteAccountInput = z.strictObject({
  id: idInput,
  delete_usage: z
    .enum(["true", "false"])
    .default("false")
    .describe(
      "`true` also deletes the keys that the account listed and all their usage. Keys that you added by hand are not affected.",
    ),
});

const ACCOUNT_KEY_COLUMNS = ["name", "usage_daily", "usage_monthly", "usage"] as const;
type AccountKeyColumn = (typeof ACCOUNT_KEY_COLUMNS)[number];
export type AccountKeySort = AccountKeyColumn | `-${AccountKeyColumn}`;

const accountKeyState = z
  .enum(["active", "disabled", "deleted", "expired", "unwatched", "failed"])
  .describe(
    "Return only keys in this state. `disabled`, `deleted`, `expired`: at OpenRouter. `unwatched`: not watched in orwatch. `failed`: the last sync failed. If several apply, a key has the first of them.",
  );
export type AccountKeyState = z.infer<typeof accountKeyState>;

export const listAccountKeysInput = z.strictObject({
  id: idInput,
  skip,
  sort: z
    .enum([...ACCOUNT_KEY_COLUMNS, ...ACCOUNT_KEY_COLUMNS.map((column) => `-${column}` as const)])
    .optional()
    .describe(
      "Column to sort by. Prefix it with `-` for descending order. Unknown values come last. Default: newest first.",
    ),
  limit: limitTo(1000, 100),
  search: z.string().trim().max(100).optional().describe("Return only keys whose name or label contains this text."),
  workspace_id: z.string().max(100).optional().describe("Return only keys of this workspace."),
  state: accountKeyState.optional(),
  source: z.enum(["pasted", "discovered"]).optional().describe("Return only keys that were added like this."),
});

const keyHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("OpenRouter's ID of the key: the SHA-256 of the whole key, in hex.");

export const setAccountKeyInput = z.strictObject({
  id: idInput,
  hash: keyHash,
  is_watched: z
    .boolean()
    .optional()
    .describe("`false` stops watching the key: its history is kept, and nothing is added to it."),
  name: name
    .optional()
    .describe("Name of the key in orwatch. A key that is restored without it gets its name at OpenRouter."),
});

export const historyInput = z.strictObject({
  id: idInput,
  skip,
  limit: limitTo(100, 20),
  hash: keyHash
    .optional()
    .describe("Return only events of the key with this hash. A hash that is not of this account matches nothing."),
});

export const accountOutput = z
  .object({
    id: id.describe("ID of the OpenRouter account."),
    name: z.string().describe("Name of the OpenRouter account in orwatch."),
    watch,
    notify_on_key_changes: z.boolean().describe("Whether you are notified about changes of its keys at OpenRouter."),
    management_key_id: id
      .nullable()
      .describe("ID of the management key that lists the keys. `null` if none is stored."),
    workspaces: z
      .array(
        z.object({
          id: z.string().describe("ID of the workspace at OpenRouter."),
          name: z.string().describe("Name of the workspace at OpenRouter."),
          is_default: z.boolean().describe("Whether it is the default workspace of the account."),
          keys_total: count.describe("Number of its keys at OpenRouter."),
        }),
      )
      .describe("Workspaces of the account."),
    keys_total: count.describe("Number of keys at OpenRouter, as far as orwatch knows them."),
    keys_watched: count.describe("Number of keys that are watched."),
    coverage_percent: z
      .number()
      .nullable()
      .describe("Share of the account's stored spend that comes from its watched keys, in percent. `null` if unknown."),
    credits: z
      .object({
        total: money.describe("All credits ever purchased. OpenRouter does not include granted credits."),
        used: money.describe("All credits ever used."),
        remaining: optionalMoney.describe(
          "`null` if the account has never purchased credits, so the balance is unknown.",
        ),
      })
      .nullable()
      .describe("Credits of the account. `null` if OpenRouter has not reported them."),
    backfill: z
      .object({
        recent: count.describe("Keys whose last 31 days have been read, including those in `done`."),
        done: count.describe("Keys whose complete history has been read."),
        total: count.describe("Watched keys with usage and without a stored secret."),
      })
      .describe("Progress of the backfill."),
    last_synced_at: instant.nullable().describe("When all keys of the account were last listed."),
    last_sync_error: z.string().nullable().describe("Why the last listing failed, in English. `null` if it succeeded."),
    last_sync_error_message: codedMessage.nullable().describe("`last_sync_error` as a code and parameters."),
    total_error: z
      .string()
      .nullable()
      .describe(
        "Why the account's total could not be compared with its keys by the last sync, in English. Recent usage without a watched key may be missing then; usage of keys is not affected. `null` if it was.",
      ),
    total_error_message: codedMessage.nullable().describe("`total_error` as a code and parameters."),
    breakdowns: breakdownSettings.describe("Which breakdowns are collected. See `GET /api/breakdowns`."),
    breakdown_state: breakdownState,
    created_at: instant.describe("When the account was added to orwatch."),
  })
  .meta({ id: "Account" });
export type AccountOutput = z.infer<typeof accountOutput>;

export const accountListOutput = z.object({
  items: z.array(accountOutput).describe("Every OpenRouter account, oldest first."),
});

const accountKeyOutput = z
  .object({
    hash: z.string().describe("OpenRouter's ID of the key: the SHA-256 of the whole key, in hex."),
    api_key_id: id.nullable().describe("ID of the key in orwatch. `null` if you deleted it from orwatch."),
    name: z.string().describe("Name of the key in orwatch, or at OpenRouter if it has none."),
    name_at_openrouter: z.string().nullable().describe("Name of the key at OpenRouter. `null` if unknown."),
    label: z.string().describe("The key, masked."),
    workspace_id: z.string().nullable().describe("ID of the key's workspace at OpenRouter. `null` if unknown."),
    workspace: z.string().nullable().describe("Name of the key's workspace at OpenRouter. `null` if unknown."),
    source: z
      .enum(["pasted", "discovered"])
      .describe("`pasted`: added by hand. `discovered`: listed by the account and not added by hand."),
    has_secret: z.boolean().describe("Whether orwatch stores the key itself. `false` if it was discovered."),
    is_watched: z.boolean().describe("Whether the usage of the key is fetched."),
    is_disabled: z.boolean().describe("Whether the key is disabled at OpenRouter."),
    deleted_at: instant.nullable().describe("When the key was no longer found at OpenRouter. `null` if it exists."),
    has_limit: z.boolean().nullable().describe("Whether the key has a limit at OpenRouter. `null` if unknown."),
    limit: optionalMoney.describe("Limit in USD. `null` if there is none or it is unknown; see `has_limit`."),
    limit_remaining: optionalMoney.describe(
      "Amount left until the limit resets. Can be negative. `null` if there is no limit or the amount is unknown.",
    ),
    limit_reset: z
      .string()
      .nullable()
      .describe("How often the limit resets: `daily`, `weekly` or `monthly`. `null` if it never resets."),
    usage: optionalMoney.describe("All-time spend, as counted by OpenRouter."),
    usage_daily: optionalMoney.describe(
      "Spend of the current UTC day. `null` if it has not been read since the day began.",
    ),
    usage_monthly: optionalMoney.describe(
      "Spend of the current calendar month (UTC). `null` if it has not been read since the month began.",
    ),
    expires_at: instant.nullable().describe("When the key expires at OpenRouter. `null` if never, or unknown."),
    created_at: instant.nullable().describe("When the key was created at OpenRouter."),
    backfill: z
      .enum(["none", "waiting", "recent", "done"])
      .describe(
        "Progress of the backfill. `none`: there is no usage to fetch. `waiting`: not started yet. `recent`: the last 31 days are available. `done`: everything that OpenRouter keeps is available.",
      ),
    last_synced_at: instant.nullable().describe("End of the last successful sync. `null` if there was none."),
    last_sync_error: z.string().nullable().describe("Why the last sync failed, in English. `null` if it succeeded."),
    last_sync_error_message: codedMessage.nullable().describe("`last_sync_error` as a code and parameters."),
  })
  .meta({ id: "AccountKey" });
export type AccountKeyOutput = z.infer<typeof accountKeyOutput>;

export const accountKeyListOutput = z.object({
  items: z.array(accountKeyOutput).describe("Keys of this page."),
  total,
  sums: z
    .object({
      usage: optionalMoney.describe("Sum of `usage`."),
      usage_daily: optionalMoney.describe("Sum of `usage_daily`."),
      usage_monthly: optionalMoney.describe("Sum of `usage_monthly`."),
    })
    .describe(
      "Sums over all keys of the list, not only the returned page. `null` if the value is unknown for every key.",
    ),
});
export type AccountKeyListOutput = z.infer<typeof accountKeyListOutput>;

export const historyOutput = z.object({
  items: z
    .array(
      z.object({
        id: id.describe("ID of the event."),
        at: instant.describe("When orwatch noticed it."),
        hash: z
          .string()
          .nullable()
          .describe("Hash of the key that the event is about. `null` if it is about the account."),
        api_key_id: id
          .nullable()
          .describe(
            "ID of the key in orwatch. `null` if the event is about the account, or the key is not in orwatch.",
          ),
        text: z.string().describe("What happened, in English."),
        message: codedMessage.describe("`text` as a code and parameters."),
      }),
    )
    .describe("Events, newest first."),
  total,
});
