import type { Channel } from "@orwatch/db";
import { type Message, message } from "@orwatch/messages/message";
import { createSpeaker } from "@orwatch/messages/say";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import type { App } from "../../app.ts";
import { createWebhookSecret } from "../providers/signature.ts";
import {
  changesSettings,
  type createChannelInput,
  findForeignSettings,
  SETTING_NAMES,
  type updateChannelInput,
} from "./schema.ts";
import { openSettings, type Settings } from "./settings.ts";

const TELEGRAM = "https://api.telegram.org";
const NTFY = "https://ntfy.sh";

const refuse = (issues: { path: string[]; message: string }[]) =>
  new TRPCError({
    code: "BAD_REQUEST",
    cause: new z.ZodRealError(issues.map((issue) => ({ ...issue, code: "custom" as const, input: undefined }))),
  });

/** An issue follows the name of its field: "url must …". */
function toIssueText(flaw: Message): string {
  const text = createSpeaker({ language: "en", now: new Date(0) })(flaw);
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}

/** What cannot be the address of a server: a message would be read by nobody, or be published as the text that it is written in. */
function findServerFlaw({ kind, url }: { kind: string; url?: string | undefined }): Message | null {
  if (url === undefined || (kind !== "ntfy" && kind !== "telegram")) return null;
  const { pathname, search, hash } = new URL(url);
  if (search !== "" || hash !== "") return message("field_url_server_only", {});
  return kind === "ntfy" && pathname !== "/" ? message("field_url_no_topic", {}) : null;
}

export type Given = Partial<
  Pick<z.output<typeof createChannelInput>, "address" | "url" | "bot_token" | "chat_id" | "topic">
> & { message_thread_id?: number | null | undefined; access_token?: string | null | undefined };

/**
 * The settings of a channel of a kind, made of what was entered.
 * @throws BAD_REQUEST for an address this server does not send to
 */
export function settingsOf(app: App, input: Given & { kind: Settings["kind"] }): Settings {
  const text = (value: string | undefined) => value ?? "";
  const addressOf = (fallback?: string) => {
    const flaw = app.outgoing.findFlaw(input.url ?? text(fallback)) ?? findServerFlaw(input);
    if (flaw) throw refuse([{ path: ["url"], message: toIssueText(flaw) }]);
    return new URL(input.url ?? text(fallback)).href;
  };
  switch (input.kind) {
    case "email":
      return { kind: "email", address: text(input.address) };
    case "webhook":
      return { kind: "webhook", url: addressOf(), secrets: [{ value: createWebhookSecret(), until: null }] };
    case "telegram":
      return {
        kind: "telegram",
        url: addressOf(TELEGRAM).replace(/\/+$/, ""),
        botToken: text(input.bot_token),
        chatId: text(input.chat_id),
        threadId: input.message_thread_id ?? null,
      };
    case "ntfy":
      return { kind: "ntfy", url: addressOf(NTFY), topic: text(input.topic), accessToken: input.access_token ?? null };
    default:
      return { kind: input.kind, url: addressOf() };
  }
}

/** What a channel was made of, as it would be entered. */
function enteredAs(settings: Settings): Given {
  switch (settings.kind) {
    case "email":
      return { address: settings.address };
    case "telegram":
      return {
        url: settings.url,
        bot_token: settings.botToken,
        chat_id: settings.chatId,
        message_thread_id: settings.threadId ?? null,
      };
    case "ntfy":
      return { url: settings.url, topic: settings.topic, access_token: settings.accessToken };
    default:
      return { url: settings.url };
  }
}

/** The field of the secret that is sent to the server of the channel. */
const SENT: Partial<Record<Settings["kind"], "bot_token" | "access_token">> = {
  telegram: "bot_token",
  ntfy: "access_token",
};

/**
 * The settings of a channel after a change; `null` when they stay as they are. What is left out or empty stays, and so does the
 * signing secret of a webhook.
 * @throws BAD_REQUEST for settings that the kind does not take, an address this server does not send to, or a new server that would
 *   get a secret nobody entered for it
 * @throws CONFLICT when what it was made of cannot be decrypted
 */
export function changeSettings(
  app: App,
  channel: Channel,
  input: z.output<typeof updateChannelInput>,
): Settings | null {
  if (!changesSettings(input)) return null;
  const given = Object.fromEntries(
    SETTING_NAMES.filter((name) => input[name] !== undefined && input[name] !== "").map((name) => [name, input[name]]),
  ) as Given;
  const foreign = findForeignSettings(channel.kind as Settings["kind"], given);
  if (foreign.length > 0) throw refuse(foreign);
  const before = openSettings(app.cipher, channel.settingsEncrypted, channel);
  if (before === null)
    throw new TRPCError({ code: "CONFLICT", message: "This channel cannot be decrypted; delete it and add it again." });
  const entered = enteredAs(before);
  const after = settingsOf(app, { kind: before.kind, ...entered, ...given });
  const secret = SENT[before.kind];
  // Whoever can edit a channel must not be able to have its secret sent to a server of theirs.
  const isElsewhere =
    entered.url !== undefined && after.kind !== "email" && new URL(entered.url).origin !== new URL(after.url).origin;
  if (secret && isElsewhere && given[secret] === undefined && entered[secret])
    throw refuse([{ path: [secret], message: "must be entered again for another server" }]);
  const kept = after.kind === "webhook" && before.kind === "webhook" ? { ...after, secrets: before.secrets } : after;
  return JSON.stringify(enteredAs(kept)) === JSON.stringify(entered) ? null : kept;
}
