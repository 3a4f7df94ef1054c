import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { cut, toLine } from "../mail/text.ts";
import { defineProvider, optional, pasted, post, required, url, withDefault } from "./define.ts";
import { layOut, linkOf, MAX_ITEM, MAX_TITLE } from "./layout.ts";
import type { Notification } from "./notification.ts";

const SHOWN = 3;

/** A topic of ntfy. */
export const ntfy = defineProvider({
  kind: "ntfy",
  fields: {
    url: withDefault(url.describe("Server. Default: `https://ntfy.sh`."), "https://ntfy.sh"),
    topic: required(
      pasted
        .regex(/^[\w-]{1,64}$/, storeMessage(message("field_not_topic", {})))
        .describe("Topic. Anyone who knows it can read its messages."),
      { isSecret: true },
    ),
    access_token: optional(
      pasted
        .regex(/^[\x21-\x7e]{1,200}$/, storeMessage(message("field_not_access_token", {})))
        .describe("Access token, if the server requires one."),
      { isSecret: true },
    ),
  },
  toSettings: ({ url, topic, access_token }) => ({ url, topic, accessToken: access_token }),
  toFields: ({ url, topic, accessToken }) => ({ url, topic, access_token: accessToken }),
  findUrlFlaw({ pathname, search, hash }) {
    if (search !== "" || hash !== "") return message("field_url_server_only", {});
    // A body posted to the path of a topic is published unparsed.
    return pathname === "/" ? null : message("field_url_no_topic", {});
  },
  credential: "access_token",
  target({ url, topic }) {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}/${topic.slice(0, SHOWN)}…`;
  },
  secrets: ({ topic, accessToken }) => [topic, accessToken ?? ""],
  send: (input) =>
    post(
      input,
      {
        url: input.settings.url,
        body: toNtfyBody(input.notification, input.settings.topic),
        ...(input.settings.accessToken === null
          ? {}
          : { headers: { authorization: `Bearer ${input.settings.accessToken}` } }),
      },
      {
        rejection: (_, status) =>
          status === 401 ? { reason: "ntfy_token_rejected" } : status === 403 ? { reason: "ntfy_topic_forbidden" } : {},
      },
    ),
});

/** ntfy accepts 4,096 bytes; a longer message becomes an attachment. The message is required: without items it is the title. */
export function toNtfyBody(notification: Notification, topic: string): string {
  const items = layOut(notification, { max: 3900, size: Buffer.byteLength });
  return JSON.stringify({
    topic,
    title: items === "" ? "orwatch" : cut(toLine(notification.title), MAX_TITLE),
    message: items || cut(toLine(notification.title), MAX_ITEM),
    ...(notification.site === null ? {} : { click: linkOf(notification) }),
  });
}
