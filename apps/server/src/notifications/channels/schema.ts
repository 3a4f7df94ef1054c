import { type Message, message } from "@orwatch/messages/message";
import { z } from "zod";
import { withoutInvisible } from "../../platform/invisible-characters.ts";
import { issueText } from "../../rpc/validation-issues.ts";
import { codedMessage, count, id, idInput, instant, language, limitTo, name, skip, total } from "../../rpc/wire.ts";
import {
  createInputs,
  FIELD_NAMES,
  fieldsOf,
  KINDS,
  missingFields,
  type SettingFields,
  updateInputs,
} from "../providers/index.ts";

const channelKind = z.enum(KINDS);

const COMMON = ["kind", "name", "wants_alerts", "language"];

export const createChannelInput = z
  .strictObject({
    kind: channelKind.describe("Service that messages are sent to."),
    name,
    ...createInputs,
    wants_alerts: z.boolean().optional().describe("Whether the channel receives notifications. Default: `true`."),
    wants_digest: z
      .boolean()
      .optional()
      .describe("Email only: whether the channel receives the weekly digest. Default: `false`."),
    language: language.optional().describe("Language of messages. Default: `en`."),
  })
  .superRefine((input, check) => {
    const addIssue = (field: string, reason: Message) =>
      check.addIssue({ code: "custom", path: [field], message: issueText(reason) });
    const own = [...COMMON, ...(input.kind === "email" ? ["wants_digest"] : []), ...fieldsOf(input.kind)];
    for (const field of missingFields(input.kind, input)) addIssue(field, message("field_missing", {}));
    for (const field of Object.keys(input))
      if (!own.includes(field)) addIssue(field, message("field_not_for_kind", { kind: input.kind }));
  });

export const channelIdInput = z.strictObject({ id: idInput });

export const updateChannelInput = z.strictObject({
  id: idInput,
  name: name.optional(),
  ...updateInputs,
  is_active: z
    .boolean()
    .optional()
    .describe("`false` turns the channel off: pending messages are dropped and no new ones are sent."),
  wants_alerts: z.boolean().optional().describe("Whether the channel receives notifications."),
  wants_digest: z.boolean().optional().describe("Email only: whether the channel receives the weekly digest."),
  language: language.optional(),
});

/** Whether a change affects where the channel delivers to. */
export const changesSettings = (input: SettingFields): boolean =>
  FIELD_NAMES.some((name) => input[name] !== undefined && input[name] !== "");

export const confirmChannelInput = z.strictObject({
  id: idInput,
  code: z
    .string()
    .overwrite(withoutInvisible)
    .trim()
    .regex(/^\d{6}$/, issueText(message("field_not_six_digits", {})))
    .describe("The 6-digit code that was sent to the address."),
});

const channelFields = {
  id: id.describe("ID of the channel."),
  kind: channelKind.describe("Service that messages are sent to."),
  name: z.string().describe("Name of the channel."),
  target: z.string().describe("Where the channel delivers to, without secrets."),
  chat_id: z.string().nullable().describe("Telegram only: ID of the chat."),
  message_thread_id: z.int().nullable().describe("Telegram only: ID of the topic. `null` if none."),
  is_active: z.boolean().describe("Whether the channel is turned on."),
  status: z
    .enum(["ok", "failing", "unconfirmed", "off"])
    .describe(
      "`failing`: the last attempt failed and will be retried. `unconfirmed`: the confirmation code has not been entered.",
    ),
  status_message: z.string().nullable().describe("Reason for the status, in English."),
  status_reason: codedMessage.nullable().describe("`status_message` as a code and parameters."),
  wants_alerts: z.boolean().describe("Whether the channel receives notifications."),
  wants_digest: z.boolean().describe("Whether the channel receives the weekly digest."),
  language,
  failing_since: instant.nullable().describe("Since when deliveries fail. `null` if they do not."),
  last_delivered_at: instant.nullable().describe("When a message was last delivered. `null` if never."),
  previous_secret_until: instant
    .nullable()
    .describe("Webhook only: until this time, messages are also signed with the previous secret."),
  created_at: instant.describe("When the channel was created."),
};

export const channelOutput = z.object(channelFields).meta({ id: "Channel" });
export type ChannelOutput = z.infer<typeof channelOutput>;

const signingSecret = z
  .string()
  .describe("Signing secret (`whsec_…`) as defined by Standard Webhooks. Returned only once.");

export const createdChannelOutput = z
  .object({
    ...channelFields,
    signing_secret: signingSecret.nullable().describe("Webhook only: the signing secret. Returned only once."),
  })
  .meta({ id: "CreatedChannel" });

export const channelListOutput = z.object({
  items: z.array(channelOutput).describe("All channels, oldest first."),
  total: count.describe("Number of channels."),
  max: count.describe("Maximum number of channels per team."),
  email_available: z.boolean().describe("Whether this server can send email."),
});

export const rotatedSecretOutput = z.object({
  signing_secret: signingSecret,
  previous_secret_until: instant.describe("Until this time, messages are signed with both secrets."),
});

export const deliveryOutput = z
  .object({
    id: id.describe("ID of the delivery."),
    channel_id: id.describe("ID of the channel."),
    channel_name: z.string().describe("Name of the channel."),
    channel_kind: channelKind.describe("Service that the message is sent to."),
    kind: z
      .enum(["notice", "digest", "test"])
      .describe("What is delivered. `notice`: a notification. `digest`: the weekly digest. `test`: a test message."),
    notice_id: id.nullable().describe("ID of the notification. `null` for digests and test messages."),
    title: z.string().describe("`message` in the language of the channel."),
    message: codedMessage.describe("The message as a code and parameters."),
    message_id: z.string().describe("The `webhook-id`, the same for all attempts."),
    state: z
      .enum(["waiting", "sending", "delivered", "failed", "dropped"])
      .describe("`dropped`: the channel was turned off before the message was sent."),
    attempts: count.describe("Number of attempts so far."),
    last_status: z.int().nullable().describe("HTTP or SMTP status of the last response."),
    last_answer: z.string().nullable().describe("Beginning of the last response."),
    last_error: z.string().nullable().describe("What went wrong, in English."),
    last_error_message: codedMessage.nullable().describe("`last_error` as a code and parameters."),
    created_at: instant.describe("When the message was queued."),
    last_tried_at: instant.nullable().describe("When the last attempt was made. `null` if there was none."),
    next_try_at: instant.nullable().describe("`null` if there is no further attempt."),
    finished_at: instant
      .nullable()
      .describe("When the message was delivered, failed for good or was dropped. `null` until then."),
  })
  .meta({ id: "Delivery" });
export type DeliveryOutput = z.infer<typeof deliveryOutput>;

export const listDeliveriesInput = z.strictObject({
  channel_id: idInput.optional().describe("Return only deliveries of this channel."),
  notice_id: idInput.optional().describe("Return only deliveries of this notification."),
  state: z
    .enum(["waiting", "sending", "delivered", "failed", "dropped"])
    .optional()
    .describe("Return only deliveries in this state."),
  skip,
  limit: limitTo(100, 20),
});

export const deliveryListOutput = z.object({
  items: z.array(deliveryOutput).describe("Deliveries, newest first."),
  total,
});
export const deliveryIdInput = z.strictObject({ id: idInput });
