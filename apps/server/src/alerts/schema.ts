import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { issueText } from "../rpc/validation-issues.ts";
import { codedMessage, count, dayOutput, id, idInput, instant, money, name, syncState } from "../rpc/wire.ts";
import { KINDS, RULES, termInputs, termOutputs } from "./rules/index.ts";

export const MAX_RULES = 100;
export const MAX_SNOOZE_HOURS = 720;

const kind = z.enum(KINDS).describe(RULES.map(({ kind, summary }) => `\`${kind}\`: ${summary}.`).join(" "));

const keyIds = z
  .array(z.int().min(1).max(Number.MAX_SAFE_INTEGER))
  .min(1)
  .max(100)
  .nullable()
  .describe("IDs of the keys that the rule applies to. `null`: all keys, including new ones.");

const channelIds = z
  .array(z.int().min(1).max(Number.MAX_SAFE_INTEGER))
  .max(50)
  .nullable()
  .describe(
    "IDs of the channels that alerts are sent to; an empty list for the inbox only. `null`: all channels, including new ones.",
  );

export const createRuleInput = z.strictObject({
  name,
  kind,
  api_key_ids: keyIds.optional(),
  channel_ids: channelIds.optional(),
  is_active: z.boolean().optional(),
  ...termInputs,
});

export const updateRuleInput = z.strictObject({
  id: idInput,
  name: name.optional(),
  api_key_ids: keyIds.optional(),
  channel_ids: channelIds.optional(),
  is_active: z.boolean().optional(),
  ...termInputs,
});

export const ruleIdInput = z.strictObject({ id: idInput });

export const ruleOutput = z
  .object({
    id: id.describe("ID of the alert rule."),
    name: z.string().describe("Name of the alert rule."),
    name_message: codedMessage
      .nullable()
      .describe("The default name as a code and parameters. `null` if a user has chosen the name."),
    kind,
    is_active: z.boolean().describe("Whether the rule is evaluated."),
    keys: z
      .array(
        z.object({
          id: id.describe("ID of the key."),
          name: z.string().describe("Name of the key."),
          is_deleted: z.boolean().describe("Whether the key was deleted from orwatch."),
        }),
      )
      .nullable()
      .describe("Keys that the rule applies to. `null`: all keys, including new ones."),
    channel_ids: z
      .array(id)
      .nullable()
      .describe(
        "Channels that alerts are sent to; empty for the inbox only. `null`: all channels, also after all chosen ones were deleted.",
      ),
    ...termOutputs,
    snoozed_until: instant
      .nullable()
      .describe("Until this time, the rule sends no notifications. `null` if it is not snoozed."),
    is_firing: z.boolean().describe("Whether the rule has an unresolved alert, or an alert of the current period."),
    last_fired_at: instant.nullable().describe("When the rule last fired. `null` if never."),
    created_at: instant.describe("When the rule was created."),
    updated_at: instant.describe("When the rule was last changed."),
  })
  .meta({ id: "AlertRule" });

export const ruleListOutput = z.object({
  items: z.array(ruleOutput).describe("All alert rules, oldest first."),
  total: count.describe("Number of alert rules."),
  max: count.describe("Maximum number of alert rules per user."),
});

export const previewRuleInput = z.strictObject({
  kind,
  api_key_ids: keyIds.optional(),
  ...termInputs,
});

export const previewRuleOutput = z
  .object({
    start_date: dayOutput.describe("First day (UTC) that was evaluated."),
    end_date: dayOutput.describe("Last day (UTC) that was evaluated: today."),
    known_days: count.describe("Days on which enough was known to evaluate the rule."),
    fired: count
      .nullable()
      .describe("How often the rule would have fired in these days. `null` if the stored history cannot tell."),
    problem: z
      .enum(["no_history", "too_little_history", "backfill_running"])
      .nullable()
      .describe(
        "Why `fired` is `null`. `no_history`: what rules of this kind look at is not stored. `too_little_history`: on no day was enough known. `backfill_running`: the history of a key is still being read.",
      ),
    alerts: z
      .array(
        z.object({
          date: dayOutput.describe("Day (UTC) on which it would have fired."),
          text: z.string().describe("`message` in English."),
          message: codedMessage.describe("What happened, as a code and parameters."),
        }),
      )
      .describe("The alerts, newest first. At most 10."),
  })
  .meta({ id: "AlertRulePreview" });

export const thresholdsInput = z.strictObject({
  api_key_id: idInput
    .optional()
    .describe("Only rules that apply to this key alone. Without it, those of combined spend of all keys."),
});

export const thresholdsOutput = z.object({
  items: z.array(
    z.object({ rule_id: id, name: z.string(), value_usd: money, per: z.enum(["hour", "day", "week", "month"]) }),
  ),
});

const hours = z
  .int()
  .min(0)
  .max(MAX_SNOOZE_HOURS)
  .describe(`Length of the snooze in hours from now, at most ${MAX_SNOOZE_HOURS}. 0 ends the snooze.`);

export const snoozeRuleInput = z.strictObject({ id: idInput, hours });
export const snoozeInput = z.strictObject({ hours });

const timeOfDay = z
  .string()
  .max(5)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, issueText(message("field_not_time_of_day", {})))
  .nullable();

export const updateSettingsInput = z.strictObject({
  quiet_from: timeOfDay.describe("Start of quiet hours in `time_zone`. `null` turns quiet hours off.").optional(),
  quiet_to: timeOfDay.describe("End of quiet hours. If it is before the start, it is on the next day.").optional(),
  time_zone: z
    .string()
    .max(64)
    .refine(isTimeZone, issueText(message("field_not_time_zone", {})))
    .describe("IANA name of the time zone of quiet hours.")
    .optional(),
  max_per_day: z
    .int()
    .min(1)
    .max(200)
    .describe(
      "Daily message limit (UTC). Notifications above it stay in the inbox, and a summary is sent on the next day.",
    )
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
    quiet_from: z
      .string()
      .nullable()
      .describe("Start of quiet hours in `time_zone`, as `HH:MM`. `null` if quiet hours are off."),
    quiet_to: z
      .string()
      .nullable()
      .describe(
        "End of quiet hours, as `HH:MM`. If it is before the start, it is on the next day. `null` if quiet hours are off.",
      ),
    time_zone: z.string().describe("IANA name of the time zone of quiet hours."),
    snoozed_until: instant
      .nullable()
      .describe("Until this time, no notifications are delivered. `null` if they are not paused."),
    max_per_day: count.describe("Daily message limit (UTC). Notifications above it stay in the inbox."),
  })
  .meta({ id: "AlertSettings" });

export type RuleOutput = z.infer<typeof ruleOutput>;

export const currentAlertsOutput = z
  .object({
    items: z
      .array(
        z.object({
          rule_id: id.describe("ID of the alert rule."),
          name: z.string().describe("Name of the alert rule."),
          state: z
            .enum(["firing", "snoozed"])
            .describe(
              "`firing`: the condition holds. `snoozed`: it holds, but the rule sends no notifications for now.",
            ),
          since: instant.describe("When the alert began."),
          message: z
            .string()
            .nullable()
            .describe("What happened, in English. `null` for alerts that an older version of the server stored."),
          reason: z.string().nullable().describe("The code of the message; see docs/errors.md."),
          params: z
            .record(z.string(), z.unknown())
            .nullable()
            .describe("Parameters of the message: IDs, names, counts, dates, and nano-dollars as strings."),
        }),
      )
      .describe(
        "Alerts that are not resolved, newest first. Of several thresholds that one key has passed, the highest.",
      ),
    ...syncState,
  })
  .meta({ id: "Alerts" });
