import type { Language } from "@orwatch/messages/languages";
import type { Message } from "@orwatch/messages/message";
import { createSpeaker } from "@orwatch/messages/say";

/** What a channel gets, before it takes the channel's shape: rendered in the channel's language. */
export interface Notification {
  /** The same through all attempts: receivers recognise repeats by it. */
  messageId: string;
  /** "test", "code", or the kind of a notification. */
  kind: string;
  title: string;
  message: Message;
  items: { text: string; [name: string]: unknown }[];
  createdAt: Date;
  /** Public address of this server without a slash at the end; `null` while PUBLIC_URL is not set. */
  site: string | null;
  language: Language;
}

/** Renders title and items in the language of the channel. */
export function renderNotification({
  title,
  items,
  now,
  ...others
}: Omit<Notification, "title" | "message" | "items"> & {
  title: Message;
  items: { message: Message }[];
  now: Date;
}): Notification {
  const say = createSpeaker({ language: others.language, now });
  return {
    ...others,
    title: say(title),
    message: title,
    items: items.map((item) => ({ ...item, text: say(item.message) })),
  };
}
