import { type Message, message } from "@orwatch/messages/message";
import { z } from "zod";
import { withoutInvisible } from "../../platform/invisible-characters.ts";
import { issueText } from "../../rpc/validation-issues.ts";
import { codedMessage, count, id, idInput, instant, name } from "../../rpc/wire.ts";
import {
  createInputs,
  FIELD_NAMES,
  fieldsOf,
  KINDS,
  missingFields,
  type SettingFields,
  updateInputs,
} from "../providers/index.ts";

export const channelKind = z.enum(KINDS);

const COMMON = ["kind", "name", "wants_alerts", "language"];

const language = z.enum(["en", "it"]).describe("What messages are written in");

export const createChannelInput = z
  .strictObject({
    kind: channelKind.describe("Which shape messages take"),
    name,
    ...createInputs,
    wants_alerts: z.boolean().optional().describe("Whether notifications go there. Default: true"),
    wants_digest: z.boolean().optional().describe("email: whether the weekly digest goes there. Default: false"),
    language: language.optional().describe("What messages are written in. Default: en"),
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
  is_active: z.boolean().optional().describe("Off: what waits is dropped, and nothing new is sent"),
  wants_alerts: z.boolean().optional(),
  wants_digest: z.boolean().optional().describe("For e-mail only"),
  language: language.optional(),
});

/** Whether a change is about where the channel sends to. */
export const changesSettings = (input: SettingFields): boolean =>
  FIELD_NAMES.some((name) => input[name] !== undefined && input[name] !== "");

export const confirmChannelInput = z.strictObject({
  id: idInput,
  code: z
    .string()
    .overwrite(withoutInvisible)
    .trim()
    .regex(/^\d{6}$/, issueText(message("field_not_six_digits", {})))
    .describe("The 6 digits that were sent"),
});

const channelFields = {
  id,
  kind: channelKind,
  name: z.string(),
  target: z.string().describe("Where it leads, with what is secret left out"),
  chat_id: z.string().nullable().describe("telegram: the chat it writes to"),
  message_thread_id: z.int().nullable().describe("telegram: the topic it writes to; null: none"),
  is_active: z.boolean(),
  status: z
    .enum(["ok", "failing", "unconfirmed", "off"])
    .describe("failing: the last try failed, and it is tried again. unconfirmed: the code is still to be entered"),
  status_message: z.string().nullable().describe("The reason for the status, in English"),
  status_reason: codedMessage.nullable().describe("status_message as code and parameters"),
  wants_alerts: z.boolean(),
  wants_digest: z.boolean(),
  language,
  failing_since: instant.nullable(),
  last_delivered_at: instant.nullable(),
  previous_secret_until: instant.nullable().describe("webhook: until when the secret before this one signs as well"),
  created_at: instant,
};

export const channelOutput = z.object(channelFields).meta({ id: "Channel" });
export type ChannelOutput = z.infer<typeof channelOutput>;

const signingSecret = z.string().describe("whsec_…, for Standard Webhooks. This is the only time it is shown");

export const createdChannelOutput = z
  .object({ ...channelFields, signing_secret: signingSecret.nullable().describe("webhook: its secret, shown once") })
  .meta({ id: "CreatedChannel" });

export const channelListOutput = z.object({
  items: z.array(channelOutput),
  total: count,
  max: count.describe("How many a user may have"),
  email_available: z.boolean().describe("Whether this server can send e-mail"),
});

export const rotatedSecretOutput = z.object({
  signing_secret: signingSecret,
  previous_secret_until: instant.describe("Until then each message is signed with both"),
});

export const deliveryOutput = z
  .object({
    id,
    channel_id: id,
    channel_name: z.string(),
    channel_kind: channelKind,
    kind: z.enum(["notice", "digest", "test"]),
    notice_id: id.nullable(),
    title: z.string().describe("message in the language of the channel"),
    message: codedMessage,
    message_id: z.string().describe("The webhook-id: the same through all tries"),
    state: z
      .enum(["waiting", "sending", "delivered", "failed", "dropped"])
      .describe("dropped: the channel was switched off before it was sent"),
    attempts: count,
    last_status: z.int().nullable().describe("Status of the last answer, of HTTP or SMTP"),
    last_answer: z.string().nullable().describe("First characters of the last answer"),
    last_error: z.string().nullable().describe("What went wrong, in English"),
    last_error_message: codedMessage.nullable().describe("last_error as code and parameters"),
    created_at: instant,
    last_tried_at: instant.nullable(),
    next_try_at: instant.nullable().describe("null when nothing is to come"),
    finished_at: instant.nullable(),
  })
  .meta({ id: "Delivery" });
export type DeliveryOutput = z.infer<typeof deliveryOutput>;

export const listDeliveriesInput = z.strictObject({
  channel_id: idInput.optional().describe("One channel"),
  notice_id: idInput.optional().describe("One notification"),
  state: z.enum(["waiting", "sending", "delivered", "failed", "dropped"]).optional(),
  skip: z.coerce.number<number>().int().min(0).max(1_000_000).default(0).describe("How many to pass over"),
  limit: z.coerce.number<number>().int().min(1).max(100).default(20).describe("How many to send, 1 to 100"),
});

export const deliveryListOutput = z.object({ items: z.array(deliveryOutput), total: count });
export const deliveryIdInput = z.strictObject({ id: idInput });
