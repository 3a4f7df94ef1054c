import { z } from "zod";
import { withoutInvisible } from "../../platform/invisible-characters.ts";
import { codedMessage, count, id, idInput, instant, name } from "../../rpc/wire.ts";

export const channelKind = z.enum(["email", "webhook", "slack", "discord", "telegram", "ntfy"]);

const url = z
  .string()
  .overwrite(withoutInvisible)
  .trim()
  .min(1, "is missing")
  .max(2000, "must have at most 2000 characters");

/** Fields that a kind must have and may have, beside those that all have. */
const FIELDS: Record<z.infer<typeof channelKind>, { needs: string[]; takes: string[] }> = {
  email: { needs: ["address"], takes: ["wants_digest"] },
  webhook: { needs: ["url"], takes: [] },
  slack: { needs: ["url"], takes: [] },
  discord: { needs: ["url"], takes: [] },
  telegram: { needs: ["bot_token", "chat_id"], takes: ["url", "message_thread_id"] },
  ntfy: { needs: ["topic"], takes: ["url", "access_token"] },
};
const COMMON = ["kind", "name", "wants_alerts", "language"];

const language = z.enum(["en", "it"]).describe("What messages are written in");

/** Where a channel leads and what opens it. */
const settings = {
  address: z
    .email("must be an e-mail address")
    .max(254, "must have at most 254 characters")
    .describe("email: where to. A code is sent there first; nothing else is until it is confirmed"),
  url: url.describe(
    "webhook, slack, discord: where to, http:// or https://. telegram, ntfy: the server, when it is not https://api.telegram.org or https://ntfy.sh",
  ),
  bot_token: z
    .string()
    .overwrite(withoutInvisible)
    .trim()
    .regex(/^\d{5,20}:[\w-]{30,100}$/, "must be a bot token as BotFather gives it, such as 123456789:AAE…")
    .describe("telegram: token of the bot that writes"),
  chat_id: z
    .string()
    .overwrite(withoutInvisible)
    .trim()
    .regex(/^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/, "must be the number of a chat, or @ and the name of a channel")
    .describe("telegram: the chat to write to"),
  message_thread_id: z
    .int()
    .min(1, "must be at least 1")
    .max(2 ** 31 - 1, "is too large for a topic")
    .describe(
      "telegram: the topic of a group with topics: the number after the chat in a link to it, as in t.me/c/1234567890/42",
    ),
  topic: z
    .string()
    .overwrite(withoutInvisible)
    .trim()
    .regex(/^[\w-]{1,64}$/, "must have 1 to 64 letters, digits, _ or -")
    .describe("ntfy: the topic; whoever knows it can read along"),
  access_token: z
    .string()
    .overwrite(withoutInvisible)
    .trim()
    .regex(/^[\x21-\x7e]{1,200}$/, "must have 1 to 200 characters without spaces")
    .describe("ntfy: access token of a server that asks for one"),
};
export const SETTING_NAMES = Object.keys(settings) as (keyof typeof settings)[];

const isNotFor = (kind: string) => `is not for a channel of the kind ${kind}`;

/** Settings that a channel of a kind does not take. */
export const findForeignSettings = (kind: z.infer<typeof channelKind>, given: object) =>
  SETTING_NAMES.filter(
    (name) => Object.hasOwn(given, name) && ![...FIELDS[kind].needs, ...FIELDS[kind].takes].includes(name),
  ).map((name) => ({ path: [name], message: isNotFor(kind) }));

export const createChannelInput = z
  .strictObject({
    kind: channelKind.describe("Which shape messages take"),
    name,
    ...z.object(settings).partial().shape,
    wants_alerts: z.boolean().optional().describe("Whether notices go there; true unless told"),
    wants_digest: z.boolean().optional().describe("email: whether the weekly digest goes there; false unless told"),
    language: language.optional().describe("What messages are written in; en unless told"),
  })
  .superRefine((input, check) => {
    const { needs, takes } = FIELDS[input.kind] ?? { needs: [], takes: [] };
    for (const field of needs)
      if (input[field as keyof typeof input] === undefined)
        check.addIssue({ code: "custom", path: [field], message: "is missing" });
    for (const field of Object.keys(input))
      if (![...COMMON, ...needs, ...takes].includes(field))
        check.addIssue({ code: "custom", path: [field], message: isNotFor(input.kind) });
  });

export const channelIdInput = z.strictObject({ id: idInput });

const empty = z.literal("");
const STAYS = "Left out or empty, it stays as it is";

export const updateChannelInput = z.strictObject({
  id: idInput,
  name: name.optional(),
  address: settings.address
    .optional()
    .describe("email: another address. A code is sent there, and nothing else until it is confirmed"),
  url: url.or(empty).optional().describe(`Where to, as when the channel was added. ${STAYS}`),
  bot_token: settings.bot_token.or(empty).optional().describe(`telegram. ${STAYS}`),
  chat_id: settings.chat_id.optional().describe("telegram: another chat"),
  message_thread_id: settings.message_thread_id.nullable().optional().describe("telegram: another topic; null: none"),
  topic: settings.topic.or(empty).optional().describe(`ntfy. ${STAYS}`),
  access_token: settings.access_token.or(empty).nullable().optional().describe(`ntfy. ${STAYS}; null removes it`),
  is_active: z.boolean().optional().describe("Off: what waits is dropped, and nothing new is sent"),
  wants_alerts: z.boolean().optional(),
  wants_digest: z.boolean().optional().describe("For e-mail only"),
  language: language.optional(),
});

/** Whether a change is about where the channel leads or what opens it. */
export const changesSettings = (input: z.infer<typeof updateChannelInput>): boolean =>
  SETTING_NAMES.some((name) => input[name] !== undefined && input[name] !== "");

export const confirmChannelInput = z.strictObject({
  id: idInput,
  code: z
    .string()
    .overwrite(withoutInvisible)
    .trim()
    .regex(/^\d{6}$/, "must be the 6 digits that were sent")
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
  notice_id: idInput.optional().describe("One notice"),
  state: z.enum(["waiting", "sending", "delivered", "failed", "dropped"]).optional(),
  skip: z.coerce.number<number>().int().min(0).max(1_000_000).default(0).describe("How many to pass over"),
  limit: z.coerce.number<number>().int().min(1).max(100).default(20).describe("How many to send, 1 to 100"),
});

export const deliveryListOutput = z.object({ items: z.array(deliveryOutput), total: count });
export const deliveryIdInput = z.strictObject({ id: idInput });
