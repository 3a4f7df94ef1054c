import type { NoticeItem, NoticeKind } from "./notices.ts";

type Item = Pick<NoticeItem, "event" | "text" | "key_name" | "rule_name">;

/** What several items are called together, in the order in which they are told. */
const COUNTS: [event: NoticeKind, one: string, many: string][] = [
  ["alert", "alert", "alerts"],
  ["recovery", "alert resolved", "alerts resolved"],
  ["rule", "rule lost a key", "rules lost a key"],
];
const MAX_NAMES = 3;

const isUnique = (text: string, index: number, all: string[]) => all.indexOf(text) === index;

/** The sentence of a single item; of several how many there are, and which keys or rules they are about. Each item is told below it. */
export function titleOf(items: Item[]): string {
  const [first] = items;
  const texts = items.map(({ text }) => text).filter(isUnique);
  if (texts.length <= 1) return first?.text ?? "";
  const distinct = texts.map((text) => items.find((item) => item.text === text) as Item);
  const counts = COUNTS.map(([event, one, many]) => {
    const count = distinct.filter((item) => item.event === event).length;
    return count === 0 ? null : `${count} ${count === 1 ? one : many}`;
  }).filter((text) => text !== null);
  // Names beside two counts would not say which of them they belong to.
  if (counts.length !== 1) return counts.join(", ") || (first?.text ?? "");
  const names = distinct
    .map((item) => item.key_name ?? item.rule_name ?? "")
    .filter((name) => name !== "")
    .filter(isUnique);
  if (names.length === 0) return counts.join();
  const shown = names.slice(0, MAX_NAMES).map((name) => `“${name}”`);
  return `${counts.join()}: ${[...shown, ...(names.length > MAX_NAMES ? ["…"] : [])].join(", ")}`;
}

/** The title of a stored notice. Earlier versions began that of several items with the whole first one. */
export function titleOfStored(title: string, items: Item[]): string {
  const earlier = `${items[0]?.text ?? ""} And ${items.length - 1} more.`;
  return items.length > 1 && title === earlier ? titleOf(items) : title;
}
