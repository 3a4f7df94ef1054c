import { z } from "zod";
import {
  codedMessage,
  count,
  dayOutput,
  id,
  idInput,
  instant,
  language,
  limitTo,
  skip,
  total,
} from "../../rpc/wire.ts";

export const listNotificationsInput = z.strictObject({
  only: z.enum(["all", "unread"]).default("all").describe("Notifications to return."),
  language: language.default("en").describe("Language of the titles and texts of notifications."),
  skip,
  limit: limitTo(100, 20),
});

export const notificationIdInput = z.strictObject({ id: idInput });

export const readAllInput = z.strictObject({
  up_to: z
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe("ID of the newest notification to mark as read. Without it, all are marked as read."),
});

const kind = z
  .enum(["alert", "recovery", "summary", "rule", "key_change", "channel", "account", "server"])
  .describe(
    "`key_change`: a change of a key at OpenRouter. `account`: a change to how you sign in or receive notifications, such as a new password. `server`: a problem that administrators must solve.",
  );

const itemOutput = z.object({
  event: kind,
  rule_id: id.nullable().describe("ID of the alert rule. `null` if the item is not about a rule."),
  rule_name: z
    .string()
    .nullable()
    .describe("Name of the alert rule at that time. `null` if the item is not about a rule."),
  rule_kind: z.string().nullable().describe("Kind of the alert rule. `null` if the item is not about a rule."),
  api_key_id: id.nullable().describe("ID of the key. `null` if the item is not about one key."),
  key_name: z.string().nullable().describe("Name of the key at that time."),
  threshold: z.string().nullable().describe("Configured threshold, in `unit`."),
  value: z.string().nullable().describe("Measured value, in `unit`."),
  unit: z
    .enum(["usd", "percent", "times", "days", "hours"])
    .nullable()
    .describe("Unit of `threshold` and `value`. `null` if there are none."),
  window: z
    .string()
    .nullable()
    .describe(
      "Period that the alert is about: `2026-11-22`, `week of 2026-11-16`, `2026-11`, or the start of an hour, `2026-11-22T14:00Z`.",
    ),
  text: z.string().describe("`message` in the requested language."),
  message: codedMessage.describe("What happened, as a code and parameters."),
  usage: z
    .object({
      start_date: dayOutput.describe("First day (UTC)."),
      end_date: dayOutput.describe("Last day (UTC)."),
      api_key_ids: z.array(id).nullable().describe("IDs of the keys. `null`: all keys."),
    })
    .nullable()
    .describe(
      "The usage that the alert is about. `null` if it is not about spend, and for alerts of earlier versions.",
    ),
  cause: codedMessage.nullable().describe("What grew most, as a code and parameters. `null` if that is not known."),
  cause_text: z.string().nullable().describe("`cause` in the requested language."),
});

export const notificationOutput = z
  .object({
    id: id.describe("ID of the notification."),
    kind,
    title: z.string().describe("`message` in the requested language."),
    message: codedMessage.describe("What happened, as a code and parameters."),
    items: z.array(itemOutput).describe("The events that the notification is about."),
    created_at: instant.describe("When the notification was created."),
    deliver_at: instant.nullable().describe("When channels deliver the notification, after quiet hours and pauses."),
    is_held: z
      .boolean()
      .describe("Whether the notification is above the daily message limit. Channels deliver it in the next summary."),
    read_at: instant.nullable().describe("When the notification was marked as read. `null` if it is unread."),
  })
  .meta({ id: "Notice" });

export const notificationListOutput = z.object({
  items: z.array(notificationOutput).describe("Notifications, newest first."),
  total,
  unread: count.describe("Number of unread notifications."),
});
export const readAllOutput = z.object({ read: count.describe("Number of notifications that were marked as read.") });

export type NotificationOutput = z.infer<typeof notificationOutput>;
