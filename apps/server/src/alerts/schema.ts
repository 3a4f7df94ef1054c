import { z } from "zod";
import { codedMessage, count, id, idInput, instant, money, name } from "../rpc/wire.ts";

export const MAX_RULES = 100;
export const MAX_SNOOZE_HOURS = 720;

const KINDS = ["spend", "limit_share", "credits", "unusual", "key_invalid", "key_expires", "sync_stale"] as const;

const kind = z
  .enum(KINDS)
  .describe(
    "spend: in a UTC day, week or month above amount. limit_share: of the limit that OpenRouter holds a key to. credits: of the account below amount. unusual: today above times the usual of that weekday. key_invalid, key_expires (within days), sync_stale (not synced for hours)",
  );

const dollars = z
  .string()
  .max(24, "is too long for an amount")
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'must be an amount in USD, such as "25.00"')
  .refine((text) => /[1-9]/.test(text), "must be more than 0")
  .describe("USD, as a decimal string")
  .meta({ examples: ["25.00"] });

const terms = {
  span: z.enum(["day", "week", "month"]).describe("For spend: a UTC day, a week from Monday, a calendar month"),
  amount: dollars.describe("For spend and credits, in USD"),
  percents: z
    .array(z.int().min(1, "must be at least 1").max(100, "must be at most 100"))
    .min(1, "needs one at least")
    .max(5, "takes 5 at most")
    .describe("For limit_share: each is told once in each window of the limit"),
  times: z
    .number()
    .min(1.1, "must be at least 1.1")
    .max(100, "must be at most 100")
    .describe("For unusual: how many times the median of the same weekday in the last 8 weeks"),
  least: dollars.describe("For unusual: a day under this is never unusual, in USD"),
  each_key: z.boolean().describe("For spend and unusual: each key by itself instead of all together"),
  days: z.int().min(1, "must be at least 1").max(365, "must be at most 365").describe("For key_expires"),
  hours: z.int().min(1, "must be at least 1").max(720, "must be at most 720").describe("For sync_stale"),
};

const keyIds = z
  .array(z.int().min(1).max(Number.MAX_SAFE_INTEGER))
  .min(1, "needs one at least; null watches all")
  .max(100, "takes 100 at most; null watches all")
  .nullable()
  .describe("Ids of the keys it watches; null: all, also those to come");

export const createRuleInput = z.strictObject({
  name,
  kind,
  api_key_ids: keyIds.optional(),
  is_active: z.boolean().optional(),
  ...z.object(terms).partial().shape,
});

export const updateRuleInput = z.strictObject({
  id: idInput,
  name: name.optional(),
  api_key_ids: keyIds.optional(),
  is_active: z.boolean().optional(),
  ...z.object(terms).partial().shape,
});

export const ruleIdInput = z.strictObject({ id: idInput });

export const ruleOutput = z
  .object({
    id,
    name: z.string(),
    name_message: codedMessage
      .nullable()
      .describe("The default name as code and parameters; null where a user chose the name"),
    kind: z.enum(KINDS),
    is_active: z.boolean(),
    keys: z
      .array(z.object({ id, name: z.string(), is_deleted: z.boolean() }))
      .nullable()
      .describe("null: all keys"),
    span: z.enum(["day", "week", "month"]).nullable(),
    amount: money.nullable(),
    percents: z.array(z.int()).nullable(),
    times: z.number().nullable(),
    least: money.nullable(),
    each_key: z.boolean().nullable(),
    days: z.int().nullable(),
    hours: z.int().nullable(),
    snoozed_until: instant.nullable(),
    is_firing: z.boolean().describe("It has told of something that goes on, or of the span under way"),
    last_fired_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: "AlertRule" });

export const ruleListOutput = z.object({ items: z.array(ruleOutput), total: count, max: count });

const hours = z
  .int()
  .min(0)
  .max(MAX_SNOOZE_HOURS, `must be at most ${MAX_SNOOZE_HOURS}`)
  .describe(`From now on; 0 ends it, ${MAX_SNOOZE_HOURS} at most`);

export const snoozeRuleInput = z.strictObject({ id: idInput, hours });
export const snoozeInput = z.strictObject({ hours });

const wallTime = z
  .string()
  .max(5)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, such as "22:00"')
  .nullable();

export const updateSettingsInput = z.strictObject({
  quiet_from: wallTime.describe("Begin of quiet hours in time_zone; null: none").optional(),
  quiet_to: wallTime.describe("End of quiet hours, on the next day when it is the earlier").optional(),
  time_zone: z
    .string()
    .max(64)
    .refine(isTimeZone, "must be a time zone, such as Europe/Rome or UTC")
    .describe("IANA name; only quiet hours use it")
    .optional(),
  max_per_day: z
    .int()
    .min(1, "must be at least 1")
    .max(200, "must be at most 200")
    .describe("Messages a UTC day; what is more stays in the inbox and is told in a summary")
    .optional(),
});

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

export const settingsOutput = z
  .object({
    quiet_from: z.string().nullable(),
    quiet_to: z.string().nullable(),
    time_zone: z.string(),
    snoozed_until: instant.nullable(),
    max_per_day: count,
  })
  .meta({ id: "AlertSettings" });

export type RuleOutput = z.infer<typeof ruleOutput>;
