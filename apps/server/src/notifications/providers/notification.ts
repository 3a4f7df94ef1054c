import type { Language } from "@orwatch/messages/languages";
import type { Message } from "@orwatch/messages/message";
import { createRenderer } from "@orwatch/messages/renderer";

/** A notification in the channel's language, before it is formatted for the service. */
export interface Notification {
  /** The same for all attempts, so that receivers can detect duplicates. */
  messageId: string;
  /** "test", "code", or the kind of a notification. */
  kind: string;
  title: string;
  message: Message;
  items: { text: string; [name: string]: unknown }[];
  createdAt: Date;
  /** Public URL of this server without a trailing slash; `null` without PUBLIC_URL. */
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
  const say = createRenderer({ language: others.language, now });
  return {
    ...others,
    title: say(title),
    message: title,
    items: items.map((item) => ({ ...item, text: say(item.message) })),
  };
}
