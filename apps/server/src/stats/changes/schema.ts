import { z } from "zod";
import { count, day, dayOutput, limitTo, money, syncState } from "../../rpc/wire.ts";
import { accountId, filters, noKeyId, residualKind } from "../schema.ts";

export const changesInput = z.strictObject({
  start_date: day
    .optional()
    .describe("First day of the range, inclusive. Default: 6 days before the end, so that the range is a week."),
  end_date: day.optional().describe("Last day of the range, inclusive. Default: yesterday, the last complete day."),
  against: z
    .union([z.literal("previous"), day])
    .default("previous")
    .describe(
      "Range to compare with: `previous` for the same number of days immediately before, or the first day of another range of that length.",
    ),
  by: z.enum(["key", "model"]).default("key").describe("Whether to compare keys or models."),
  limit: limitTo(1000, 100).describe("Maximum number of items to return, 1 to 1000. `others` contains the rest."),
  ...filters,
});
export type ChangesInput = z.output<typeof changesInput>;

const partsOf = {
  volume: money.describe("Effect of more or fewer requests."),
  size: money.describe("Effect of more or fewer tokens per request."),
  price: money.describe("Effect of a higher or lower cost per token, for example through caching or another provider."),
  mix: money.describe(
    "Effect of a different distribution of the requests: over the models of a key, or over the keys of a model.",
  ),
};

const amounts = {
  before: money.nullable().describe("Cost in the range compared with. `null` if some of it is unknown."),
  after: money.nullable().describe("Cost in the range. `null` if some of it is unknown."),
  change: money.nullable().describe("`after` minus `before`. `null` if one of them is unknown."),
};

const changeItem = z.object({
  api_key_id: noKeyId.describe("ID of the key. `null` by model, and for usage that belongs to no key; see `kind`."),
  api_key_name: z.string().nullable().describe("Current name of the key. `null` by model."),
  model: z.string().nullable().describe("Model slug. `null` by key."),
  kind: residualKind,
  account_id: accountId,
  ...amounts,
  parts: z
    .object(partsOf)
    .nullable()
    .describe(
      "What the change consists of; the parts sum to `change` exactly. `null` if requests or tokens of some usage are unknown.",
    ),
});

const dates = z.object({ start_date: dayOutput, end_date: dayOutput });

export const changesOutput = z
  .object({
    by: z.enum(["key", "model"]).describe("As requested."),
    period: dates.describe("The range."),
    against: dates.describe("The range compared with."),
    total: z
      .object(amounts)
      .describe(
        "All selected usage of the keys that are known in both ranges. The changes of `items` and `others` sum to its change.",
      ),
    keys_not_compared: count.describe(
      "Number of keys with usage in one of the ranges whose cost on some day of the ranges is unknown. They are not in `total`.",
    ),
    items: z
      .array(changeItem)
      .describe(
        "Largest change first, whether an increase or a decrease. By key, those that are not compared come last.",
      ),
    others: z
      .object({ items: count.describe("Number of items that are not in `items`."), ...amounts })
      .nullable()
      .describe("Sum of the items beyond `limit`. `null` if there are none."),
    ...syncState,
  })
  .meta({ id: "Changes" });
export type ChangesOutput = z.infer<typeof changesOutput>;
export type ChangeItem = z.infer<typeof changeItem>;
