import { z } from "zod";
import { codedMessage, count, id, idInput, instant } from "../../rpc/wire.ts";

export const listNotificationsInput = z.strictObject({
  only: z.enum(["all", "unread"]).default("all").describe("Which notifications"),
  language: z.enum(["en", "it"]).default("en").describe("What title and text of the notifications are written in"),
  skip: z.coerce.number<number>().int().min(0).max(1_000_000).default(0).describe("How many to pass over"),
  limit: z.coerce.number<number>().int().min(1).max(100).default(20).describe("How many to send, 1 to 100"),
});

export const notificationIdInput = z.strictObject({ id: idInput });

export const readAllInput = z.strictObject({
  up_to: z
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe("Id of the newest notification that was seen; without it, all"),
});

const kind = z
  .enum(["alert", "recovery", "summary", "rule", "channel", "account", "server"])
  .describe(
    "account: what opens the account has changed, such as its password; server: what administrators must look after",
  );

const itemOutput = z.object({
  event: kind,
  rule_id: id.nullable(),
  rule_name: z.string().nullable(),
  rule_kind: z.string().nullable(),
  api_key_id: id.nullable(),
  key_name: z.string().nullable().describe("Name of the key when it happened"),
  threshold: z.string().nullable().describe("What was set, in unit"),
  value: z.string().nullable().describe("What was found, in unit"),
  unit: z.enum(["usd", "percent", "times", "days", "hours"]).nullable(),
  window: z.string().nullable().describe("The span it is about: 2026-11-22, week of 2026-11-16, 2026-11"),
  text: z.string().describe("message in the language asked for"),
  message: codedMessage,
});

export const notificationOutput = z
  .object({
    id,
    kind,
    title: z.string().describe("message in the language asked for"),
    message: codedMessage,
    items: z.array(itemOutput),
    created_at: instant,
    deliver_at: instant.nullable().describe("When channels deliver it: after quiet hours and pauses"),
    is_held: z.boolean().describe("Over the daily limit: channels deliver it in the next summary"),
    read_at: instant.nullable(),
  })
  .meta({ id: "Notice" });

export const notificationListOutput = z.object({ items: z.array(notificationOutput), total: count, unread: count });
export const readAllOutput = z.object({ read: count });

export type NotificationOutput = z.infer<typeof notificationOutput>;
