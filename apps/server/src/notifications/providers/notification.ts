import { type ShownUsage, usageAddress } from "@orwatch/domain/usage-address";
import type { Language } from "@orwatch/messages/languages";
import type { Message } from "@orwatch/messages/message";
import { createRenderer } from "@orwatch/messages/renderer";

/** An item with all fields of the API. */
interface Item {
  text: string;
  /** What changed most. */
  cause_text?: string;
  /** Link to the usage that it is about. */
  url?: string;
  [name: string]: unknown;
}

/** A notification in the channel's language, before it is formatted for the service. */
export interface Notification {
  /** The same for all attempts, so that receivers can detect duplicates. */
  messageId: string;
  /** "test", "code", or the kind of a notification. */
  kind: string;
  title: string;
  message: Message;
  items: Item[];
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
  teamId,
  ...others
}: Omit<Notification, "title" | "message" | "items"> & {
  title: Message;
  items: { message: Message; cause?: Message; usage?: ShownUsage }[];
  now: Date;
  /** The team that links lead to. */
  teamId?: number;
}): Notification {
  const say = createRenderer({ language: others.language, now });
  return {
    ...others,
    title: say(title),
    message: title,
    items: items.map((item) => ({
      ...item,
      text: say(item.message),
      ...(item.cause && { cause_text: say(item.cause) }),
      ...(item.usage && others.site !== null && { url: `${others.site}${usageAddress(item.usage, teamId)}` }),
    })),
  };
}
