export interface Metric {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;
const VALUE = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]Inf|NaN)$/i;

function readLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text);
    if (!match) throw new Error(`labels cannot be read: ${line}`);
    const [, name = "", value = ""] = match;
    if (name in labels) throw new Error(`${name} stands twice: ${line}`);
    labels[name] = value.replace(/\\(.)/g, (_, character) => (character === "n" ? "\n" : character));
  }
  return labels;
}

/**
 * Reads Prometheus' text format 0.0.4 as strictly as its own parser and linter: help and type before values, families in one piece,
 * no series twice, counters ending in _total, complete histograms.
 */
export function parseExposition(text: string): { types: Map<string, string>; metrics: Metric[] } {
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  const types = new Map<string, string>();
  const metrics: Metric[] = [];
  const seen = new Set<string>();
  let [family, type, helped] = ["", "", ""];
  for (const line of text.slice(0, -1).split("\n")) {
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (comment?.[1] === "HELP") {
      helped = comment[2] ?? "";
      continue;
    }
    if (comment) {
      [family, type] = [comment[2] ?? "", comment[3] ?? ""];
      if (family !== helped || types.has(family) || !NAME.test(family)) throw new Error(`a family in pieces: ${line}`);
      if (!["counter", "gauge", "histogram"].includes(type)) throw new Error(`an unknown type: ${line}`);
      if ((type === "counter") !== family.endsWith("_total")) throw new Error(`counters end in _total: ${line}`);
      types.set(family, type);
      continue;
    }
    const match = SAMPLE.exec(line);
    if (!match) throw new Error(`neither a value nor a comment: ${line}`);
    const [, name = "", labels = "", value = ""] = match;
    const isOfFamily = type === "histogram" ? /_(bucket|sum|count)$/.test(name) : name === family;
    if (!name.startsWith(family) || !isOfFamily) throw new Error(`outside its family: ${line}`);
    if (!VALUE.test(value)) throw new Error(`not a number: ${line}`);
    const metric = { name, labels: readLabels(labels, line), value: Number(value.replace("Inf", "Infinity")) };
    const series = JSON.stringify([name, Object.entries(metric.labels).sort()]);
    if (seen.has(series)) throw new Error(`a series twice: ${line}`);
    seen.add(series);
    metrics.push(metric);
  }
  checkHistograms(metrics, types);
  return { types, metrics };
}

function checkHistograms(metrics: Metric[], types: Map<string, string>): void {
  for (const [family] of [...types].filter(([, type]) => type === "histogram")) {
    const counts = metrics.filter(({ name }) => name === `${family}_count`);
    for (const { labels, value } of counts) {
      const isSame = (other: Metric) => Object.entries(labels).every(([name, text]) => other.labels[name] === text);
      const buckets = metrics.filter((other) => other.name === `${family}_bucket` && isSame(other));
      const values = buckets.map((bucket) => bucket.value);
      const bounds = buckets.map(({ labels: { le = "" } }) => Number(le.replace("Inf", "Infinity")));
      if (values.some((count, place) => count < (values[place - 1] ?? 0))) throw new Error(`${family} falls`);
      if (bounds.some((bound, place) => bound <= (bounds[place - 1] ?? -1)))
        throw new Error(`${family} is out of order`);
      if (bounds.at(-1) !== Number.POSITIVE_INFINITY || values.at(-1) !== value)
        throw new Error(`${family} has no end`);
      if (!metrics.some((other) => other.name === `${family}_sum` && isSame(other)))
        throw new Error(`${family} has no sum`);
    }
  }
}
