import { type Message, message } from "@orwatch/messages/message";
import type { NotificationItem, NotificationKind } from "./notifications.ts";

type Item = Pick<NotificationItem, "event" | "message" | "key_name" | "rule_name">;

/** Message codes that count several items, in the order of the title. */
const COUNTS = [
  ["alert", "alert_count"],
  ["recovery", "resolved_count"],
  ["rule", "rule_key_deleted_count"],
  ["key_change", "key_change_count"],
] as const satisfies [event: NotificationKind, code: string][];
const MAX_NAMES = 3;

/** Two rules can produce the same message about a key. */
function distinctItems<T extends { message: Message }>(items: T[]): T[] {
  const known = new Set<string>();
  return items.filter(({ message }) => {
    const content = JSON.stringify(message);
    if (known.has(content)) return false;
    known.add(content);
    return true;
  });
}

/** The kind of a notification with several items: alert before resolved before changes of rules and of keys. */
export const kindOf = (items: Pick<NotificationItem, "event">[]): NotificationKind =>
  (["alert", "recovery", "rule", "key_change"] as const).find((kind) => items.some(({ event }) => event === kind)) ??
  "summary";

/** The message of a single item, or the counts of several with their keys or rules. */
export function titleOf(items: Item[]): Message {
  const distinct = distinctItems(items);
  const [first] = distinct;
  if (first === undefined) throw new Error("A notification has at least one item.");
  if (distinct.length === 1) return first.message;
  const counts = COUNTS.map(([event, code]) =>
    message(code, { count: distinct.filter((item) => item.event === event).length }),
  ).filter(({ params }) => params.count > 0);
  if (counts.length === 0) return first.message;
  // With two counts, it would be unclear which one the names belong to.
  const names = counts.length > 1 ? [] : namesOf(distinct);
  return message("items_title", {
    counts,
    names: names.length === 0 ? null : names.slice(0, MAX_NAMES),
    more: names.length > MAX_NAMES ? "yes" : "no",
  });
}

const namesOf = (items: Item[]): string[] => [
  ...new Set(items.map(({ key_name, rule_name }) => key_name ?? rule_name ?? "").filter((name) => name !== "")),
];
