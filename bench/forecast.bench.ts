import { addDays, type Day, daysBetween, firstOfMonth, lastOfMonth, listDays } from "@orwatch/domain/day";
import { fillBelievableYear, Ledger } from "@orwatch/openrouter-sim";
import { forecastMonth, paceOf } from "@orwatch/server/forecasts/pace";
import { print } from "./support/measure.ts";

/** Every morning of the year but the first two months, how that month would end, forecast in three ways, beside the actual cost. */
const END: Day = "2026-10-31";
const DAYS = 365;
const SEEDS = (process.env.SEEDS ?? "1 2 3 4 5").split(" ");

interface Series {
  name: string;
  costs: Map<Day, bigint>;
}

function simulate(seed: string): Series[] {
  const until = new Date(`${END}T23:59:59Z`);
  const ledger = new Ledger({ seed, now: () => until.getTime() });
  const life = fillBelievableYear(ledger, { until, days: DAYS, keys: 10, seed });
  const all: Series = { name: "all keys", costs: new Map() };
  const series = life.keys.map(({ name, hash }) => {
    const costs = new Map(listDays(addDays(END, 1 - DAYS), END).map((day): [Day, bigint] => [day, 0n]));
    for (const { day, costNanos } of ledger.byDayModel(hash)) {
      costs.set(day, (costs.get(day) ?? 0n) + costNanos);
      all.costs.set(day, (all.costs.get(day) ?? 0n) + costNanos);
    }
    return { name, costs };
  });
  return [...series, all];
}

interface MonthForecast {
  middle: bigint;
  low?: bigint;
  high?: bigint;
}

const costOf = (costs: Map<Day, bigint>, day: Day) => costs.get(day) ?? 0n;
const sumOf = (costs: Map<Day, bigint>, days: Day[]) => days.reduce((sum, day) => sum + costOf(costs, day), 0n);
const daysUntil = (from: Day, before: Day) => (from < before ? listDays(from, addDays(before, -1)) : []);

/** What each day of the last seven cost, over and over. */
function sameAsLastWeek(costs: Map<Day, bigint>, today: Day): MonthForecast {
  const rest = listDays(today, lastOfMonth(today)).map((day) => addDays(today, -7 + (daysBetween(today, day) % 7)));
  return { middle: sumOf(costs, daysUntil(firstOfMonth(today), today)) + sumOf(costs, rest) };
}

/** The mean of the month so far; on the first day, of the month before. */
function linearPace(costs: Map<Day, bigint>, today: Day): MonthForecast {
  const first = firstOfMonth(today);
  const from = first === today ? firstOfMonth(addDays(first, -1)) : first;
  const length = BigInt(daysBetween(first, lastOfMonth(today)) + 1);
  return { middle: (sumOf(costs, daysUntil(from, today)) * length) / BigInt(daysBetween(from, today)) };
}

function ours(costs: Map<Day, bigint>, today: Day): MonthForecast {
  const before = new Map([...costs].filter(([day]) => day < today));
  const pace = paceOf(before, today);
  return pace ? forecastMonth(pace, before, today) : { middle: 0n };
}

const WAYS = { ours, "same as last week": sameAsLastWeek, "linear pace": linearPace };
type Way = keyof typeof WAYS;
const NAMES = Object.keys(WAYS) as Way[];

interface Score {
  off: Record<Way, bigint>;
  actual: bigint;
  hits: number;
  tries: number;
}
const scores = new Map<string, Score>();

for (const { name, costs } of SEEDS.flatMap(simulate)) {
  const score = scores.get(name) ?? {
    off: { ours: 0n, "same as last week": 0n, "linear pace": 0n },
    actual: 0n,
    hits: 0,
    tries: 0,
  };
  scores.set(name, score);
  for (const today of listDays(addDays(END, 61 - DAYS), END)) {
    const actual = sumOf(costs, listDays(firstOfMonth(today), lastOfMonth(today)));
    for (const way of NAMES) {
      const { middle, low, high } = WAYS[way](costs, today);
      score.off[way] += middle > actual ? middle - actual : actual - middle;
      if (low !== undefined && high !== undefined) score.hits += low <= actual && actual <= high ? 1 : 0;
    }
    score.actual += actual;
    score.tries += 1;
  }
}

const percent = (part: bigint, whole: bigint) => (whole === 0n ? 0 : Number((part * 10_000n) / whole) / 100);
print(`forecast of the month's end: mean error, and how often the range held; ${SEEDS.length} simulated years`);
for (const [name, { off, actual, hits, tries }] of scores) {
  const errors = NAMES.map((way) => `${way} ${percent(off[way], actual).toFixed(1)} %`).join(", ");
  const beaten = NAMES.slice(1).filter((way) => off.ours >= off[way]);
  const held = `range held ${((100 * hits) / tries).toFixed(0)} % of ${tries}`;
  print(`  ${name.padEnd(18)} ${errors}; ${held}${beaten.length > 0 ? `; NOT better than ${beaten.join(", ")}` : ""}`);
}
const each = [...scores].filter(([name]) => name !== "all keys").map(([, score]) => score);
const meanOf = (way: Way) => each.reduce((sum, { off, actual }) => sum + percent(off[way], actual), 0) / each.length;
const [mine, week, linear] = NAMES.map(meanOf) as [number, number, number];
const hits = each.reduce((sum, score) => sum + score.hits, 0);
const tries = each.reduce((sum, score) => sum + score.tries, 0);
print(
  `mean of the shapes: ours ${mine.toFixed(1)} %, same as last week ${week.toFixed(1)} %, linear pace ${linear.toFixed(1)} %; range held ${((100 * hits) / tries).toFixed(1)} % (aim 80 %)`,
);
print(mine < week && mine < linear ? "it beats both" : "it does NOT beat both");
