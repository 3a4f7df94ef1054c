/** Computes the alerts expected of a month from its spend alone; shares no code with the server. */

export interface Spend {
  at: number;
  key: string;
  cents: number;
}

export interface World {
  spends: Spend[];
  /** Instants at which a sync and its evaluation were completed, in order. */
  syncs: number[];
  /** Limit in cents by key. */
  limits: Record<string, { cents: number; reset: "day" | "month" }>;
  /** Credits bought, in cents. */
  purchases: { at: number; cents: number }[];
  /** A key that OpenRouter rejects for a while. */
  refused: { key: string; from: number; until: number };
  /** A key that expires, and is rejected from then on. */
  expires: { key: string; at: number; days: number };
  /** Thresholds in cents per period; `each` key or all combined. */
  budgets: { span: "day" | "week" | "month"; cents: number; each: boolean }[];
  percents: number[];
  leastCredits: number;
}

const DAY = 86_400_000;
const text = (ms: number) => new Date(ms).toISOString().slice(0, 10);

const begins = {
  day: (ms: number) => Math.floor(ms / DAY) * DAY,
  // 1970-01-05 was a Monday.
  week: (ms: number) => Math.floor((ms - 4 * DAY) / (7 * DAY)) * 7 * DAY + 4 * DAY,
  month: (ms: number) => Date.UTC(new Date(ms).getUTCFullYear(), new Date(ms).getUTCMonth(), 1),
};

const spentBetween = (world: World, key: string | null, from: number, until: number) =>
  world.spends
    .filter((spend) => (key === null || spend.key === key) && spend.at >= from && spend.at < until)
    .reduce((sum, { cents }) => sum + cents, 0);

/** Each as "kind event key threshold window", sorted. */
export function listMessages(world: World): string[] {
  const said: string[] = [];
  const once = new Set<string>();
  const sayOnce = (line: string) => {
    if (!once.has(line)) said.push(line);
    once.add(line);
  };
  const keys = [...new Set(world.spends.map(({ key }) => key))].sort();
  const money = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
  let isLow = false;
  const rejections = new Map<string, number>();
  const passed = new Set<string>();
  for (const now of world.syncs) {
    const isRefused = (key: string) =>
      (key === world.refused.key && now >= world.refused.from && now < world.refused.until) ||
      (key === world.expires.key && now >= world.expires.at);
    for (const { span, cents, each } of world.budgets) {
      const from = begins[span](now);
      const spans = [[from, now]];
      if (now - from < 1.5 * DAY) spans.unshift([begins[span](from - 1), from]);
      for (const [begin = 0, end = 0] of spans)
        for (const key of each ? keys : [null])
          if (spentBetween(world, key, begin, end) > cents)
            sayOnce(`spend alert ${key ?? "all"} ${money(cents)} ${span} ${text(begin)}`);
    }
    for (const [key, { cents, reset }] of Object.entries(world.limits)) {
      if (isRefused(key)) continue;
      const begin = begins[reset](now);
      const used = spentBetween(world, key, begin, now);
      const fresh = world.percents.filter(
        (percent) => used * 100 >= percent * cents && !passed.has(`${key} ${begin} ${percent}`),
      );
      for (const percent of fresh) passed.add(`${key} ${begin} ${percent}`);
      if (fresh.length > 0) said.push(`limit_share alert ${key} ${Math.max(...fresh)} ${text(begin)}`);
    }
    const bought = world.purchases.filter(({ at }) => at < now).reduce((sum, { cents }) => sum + cents, 0);
    const left = bought - spentBetween(world, null, 0, now);
    if (left < world.leastCredits !== isLow)
      said.push(`credits ${isLow ? "recovery" : "alert"} manager ${money(world.leastCredits)} -`);
    isLow = left < world.leastCredits;
    for (const key of keys) {
      const before = rejections.get(key) ?? 0;
      const after = isRefused(key) ? before + 1 : 0;
      rejections.set(key, after);
      if (after === 2) said.push(`key_invalid alert ${key} - -`);
      if (after === 0 && before >= 2) said.push(`key_invalid recovery ${key} - -`);
    }
    if (now >= world.expires.at - world.expires.days * DAY)
      sayOnce(`key_expires alert ${world.expires.key} ${world.expires.days} -`);
  }
  return said.sort();
}
