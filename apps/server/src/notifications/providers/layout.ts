import { textsIn } from "@orwatch/messages/renderer";
import { cut, toLine } from "../mail/text.ts";
import type { Notification } from "./notification.ts";

/** Link to the usage that a single item is about, or to the alerts. */
export function linkOf({ site, items }: Notification): string | null {
  const [first, ...others] = distinctItems(items);
  if (first?.url !== undefined && others.length === 0) return first.url;
  return site === null ? null : `${site}/alerts`;
}

const distinctItems = (items: Notification["items"]) =>
  items.filter(({ text }, index) => items.findIndex((item) => item.text === text) === index);

/** What is said below the title: distinct items with their causes, without what the title says. */
export const linesOf = ({ title, items }: Notification): { text: string; url: string | null }[] =>
  distinctItems(items).flatMap(({ text, cause_text, url = null }) => {
    const parts = [text === title ? undefined : text, cause_text].filter((part) => part !== undefined);
    return parts.length === 0 ? [] : [{ text: parts.join(" "), url: text === title ? null : url }];
  });

/**
 * Title, items and link as escaped lines, at most `max` units in total. Items that do not fit are counted.
 * @param size returns the units of a text if they are not UTF-16
 */
export function layOut(
  notification: Notification,
  shape: {
    max: number;
    title?: (text: string) => string;
    toSafe?: (text: string) => string;
    link?: (link: string) => string;
    size?: (text: string) => number;
  },
): string {
  const toSafe = shape.toSafe ?? ((text: string) => text);
  const size = shape.size ?? ((text: string) => text.length);
  const items = linesOf(notification);
  // A title without items may be longer.
  const title = cut(toLine(notification.title), items.length > 0 ? MAX_TITLE : MAX_ITEM);
  const head = shape.title ? [shape.title(toSafe(title))] : [];
  const link = linkOf(notification);
  const tail = link !== null && shape.link ? [shape.link(link)] : [];
  const lines = items.map(({ text }) => `• ${toSafe(cut(toLine(text), MAX_ITEM))}`);
  const more = (count: number) => (count > 0 ? [textsIn(notification.language).more_items({ count })] : []);
  let kept = 0;
  let used = size([...head, ...more(lines.length), ...tail].join("\n"));
  for (const line of lines) {
    used += size(`${line}\n`);
    if (used > shape.max) break;
    kept += 1;
  }
  return [...head, ...lines.slice(0, kept), ...more(lines.length - kept), ...tail].join("\n");
}

export const MAX_TITLE = 200;
export const MAX_ITEM = 500;
