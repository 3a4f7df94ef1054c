import type { Day } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";

/** An amount of two weeks, in nano-dollars. */
export interface Pair {
  name: string;
  now: bigint;
  before: bigint;
}

export interface DigestFacts {
  from: Day;
  through: Day;
  total: { now: bigint; before: bigint /** `null` if unknown. */; requests: bigint | null };
  /** Most expensive first. */
  models: Pair[];
  keys: Pair[];
  /** Models seen for the first time. */
  newModels: string[];
  invalidKeys: string[];
  forecast: {
    month: { low: bigint; middle: bigint; high: bigint; spent: bigint } | null;
    /** What runs out first. */
    runningOut: Message[];
  };
}

/** A heading and its lines. */
interface Section {
  title: Message;
  lines: Message[];
}

const CENT = 10_000_000n;
const TOP = 5;
const MAX_CHANGES = 5;

const sizeOf = (nanos: bigint) => (nanos < 0n ? -nanos : nanos);

function spentLine(now: bigint, before: bigint): Message {
  const spent = String(now);
  if (before === 0n) return message("digest_spent", { spent, trend: now === 0n ? "same" : "from_zero" });
  const percent = Number(((now - before) * 1000n) / before) / 10;
  if (percent === 0) return message("digest_spent", { spent, trend: "about_same" });
  const trend = percent > 0 ? "more" : "less";
  return message("digest_spent_changed", { spent, percent: Math.abs(percent), trend, before: String(before) });
}

const modelLine = ({ name, now, before }: Pair) =>
  message("digest_model_line", { model: name, spent: String(now), before: String(before) });

const keyLine = ({ name, now, before }: Pair) =>
  message("digest_key_line", { key: name, spent: String(now), before: String(before) });

function changeLine({ name: key, now, before }: Pair): Message {
  if (now === 0n) return message("digest_key_stopped", { key, before: String(before) });
  if (before === 0n) return message("digest_key_started", { key, spent: String(now) });
  const trend = now > before ? "more" : "less";
  return message("digest_key_changed", { key, difference: String(sizeOf(now - before)), trend });
}

/** The largest changes of at least one cent, then new models and rejected keys. */
function changesOf(facts: DigestFacts): Message[] {
  const moved = facts.keys
    .filter(({ now, before }) => sizeOf(now - before) >= CENT)
    .sort((a, b) => (sizeOf(a.now - a.before) < sizeOf(b.now - b.before) ? 1 : -1))
    .slice(0, MAX_CHANGES);
  return [
    ...moved.map(changeLine),
    ...facts.newModels.slice(0, MAX_CHANGES).map((model) => message("digest_new_model", { model })),
    ...facts.invalidKeys.slice(0, MAX_CHANGES).map((key) => message("digest_key_rejected", { key })),
  ];
}

function forecastLine(month: DigestFacts["forecast"]["month"]): Message {
  if (month === null) return message("digest_forecast_unknown", {});
  const { low, middle, high, spent } = month;
  return message("digest_forecast_month", {
    expected: String(middle),
    low: String(low),
    high: String(high),
    spent: String(spent),
  });
}

/** The digest in parts, before it becomes text or HTML in a language. */
export function writeDigest(facts: DigestFacts): { title: Message; sections: Section[] } {
  const { from, through, total, forecast } = facts;
  const changes = changesOf(facts);
  const spenders = (pairs: Pair[]) => pairs.filter((pair) => pair.now > 0n).slice(0, TOP);
  const sections: Section[] = [
    {
      title: message("digest_week", { from, through }),
      lines: [
        spentLine(total.now, total.before),
        ...(total.requests === null ? [] : [message("digest_requests", { count: Number(total.requests) })]),
      ],
    },
    { title: message("digest_top_models", {}), lines: spenders(facts.models).map(modelLine) },
    { title: message("digest_top_keys", {}), lines: spenders(facts.keys).map(keyLine) },
    { title: message("digest_changes", {}), lines: changes.length > 0 ? changes : [message("digest_no_changes", {})] },
    { title: message("digest_forecast", {}), lines: [forecastLine(forecast.month), ...forecast.runningOut] },
  ];
  return {
    title: message("digest_title", { spent: String(total.now) }),
    sections: sections.filter(({ lines }) => lines.length > 0),
  };
}
