import { formatMoney, formatNumber } from "../../lib/format.ts";
import { fromServer } from "../../lib/language.ts";
import type { Told } from "../../lib/text/alerts.ts";
import { text } from "../../lib/text.ts";
import type { Notice } from "../../lib/trpc.ts";

type Item = Notice["items"][number];

function withUnit(value: string | null, unit: Item["unit"]): string | null {
  if (value === null) return null;
  if (unit === "usd") return formatMoney(value);
  return unit === "percent" ? text.formats.percent(value) : formatNumber(value);
}

/** An item of a notice with its amounts as this language writes them. */
export const toTold = (item: Item): Told => ({
  event: item.event,
  rule_name: item.rule_name,
  rule_kind: item.rule_kind,
  key_name: item.key_name,
  value: withUnit(item.value, item.unit),
  threshold: withUnit(item.threshold, item.unit),
  window: item.window,
  text: fromServer(item.text),
});
