import { addDays, type Day, firstOfMonth, lastOfMonth, startOf } from "@orwatch/domain/day";
import { divideHalfUp, formatNanos } from "@orwatch/domain/money";
import { forecastMethod } from "@orwatch/messages/renderer";
import type { App } from "../app.ts";
import { currentDay } from "../platform/clock.ts";
import { readSyncState } from "../usage/sync-state.ts";
import { ALL_KEYS } from "./keep.ts";
import { forecastMonth, PACE_DAYS, paceOf } from "./pace.ts";
import { addUp, type DayRow, type KeyRow, readDays, readKeys, sumDays } from "./read.ts";
import { type Reset, type RunsOut, runsOut, windowOf } from "./runs-out.ts";
import type { ForecastOutput } from "./schema.ts";

/**
 * Forecast of the month, of when limits and credits run out, and accuracy of past forecasts, for one key or all combined. For a key
 * that does not exist, everything is unknown.
 */
export function getForecast(app: App, input: { teamId: number; api_key_id?: number | undefined }): ForecastOutput {
  const today = currentDay(app.clock);
  const all = readKeys(app, input.teamId);
  const keys =
    input.api_key_id === undefined ? all : all.filter(({ id, kind }) => id === input.api_key_id && kind !== "residual");
  const days = readDays(app, { teamId: input.teamId, today });
  const costs = addUp(days, keys);
  const pace = paceOf(costs, today);
  return {
    today,
    days_known: daysKnown(costs, today),
    method: forecastMethod,
    month: pace && {
      start_date: firstOfMonth(today),
      end_date: lastOfMonth(today),
      ...onWire(forecastMonth(pace, costs, today)),
    },
    limits: keys.flatMap((key) => limitOf(key, days, today)).sort(soonestFirst),
    credits: accountsOf(keys).map((key) => creditsOf(key, { all, today, sum: (some) => addUp(days, some) })),
    record: readRecord(app, { teamId: input.teamId, subject: input.api_key_id ?? ALL_KEYS }),
    ...readSyncState(app, {
      teamId: input.teamId,
      keyIds: input.api_key_id === undefined ? null : [input.api_key_id],
    }),
  };
}

/** Only the part about credits: limits of thousands of keys take longer. */
export function getCreditsForecast(app: App, { teamId }: { teamId: number }): ForecastOutput["credits"] {
  const today = currentDay(app.clock);
  const all = readKeys(app, teamId);
  return accountsOf(all).map((key) => creditsOf(key, { all, today, sum: (keys) => sumDays(app, { keys, today }) }));
}

const onWire = <Name extends string>(amounts: Record<Name, bigint>) =>
  Object.fromEntries(Object.entries<bigint>(amounts).map(([name, nanos]) => [name, formatNanos(nanos)])) as Record<
    Name,
    string
  >;

const daysKnown = (costs: Map<Day, bigint>, today: Day): number =>
  [...costs.keys()].filter((day) => day >= addDays(today, -PACE_DAYS) && day < today).length;

const toWire = ({ verdict, on, earliest, latest }: RunsOut) => ({
  verdict,
  runs_out_on: on,
  earliest_on: earliest,
  latest_on: latest,
});

const soonestFirst = (a: ForecastOutput["limits"][number], b: ForecastOutput["limits"][number]) =>
  rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : a.api_key_id - b.api_key_id;
const rank = ({ verdict, runs_out_on }: { verdict: string; runs_out_on: string | null }) =>
  verdict === "used_up" ? "" : (runs_out_on ?? "~");

const RESETS: ReadonlySet<string | null> = new Set(["daily", "weekly", "monthly"]);
const isKnownReset = (reset: string | null): reset is Exclude<Reset, null> => RESETS.has(reset);

/** If BYOK counts toward the limit, a day with unknown BYOK spend is unknown. */
const withByok = ({ cost, byokCost }: DayRow) => (byokCost === null ? null : cost + byokCost);

function limitOf(key: KeyRow, days: Map<number, Map<Day, DayRow>>, today: Day): ForecastOutput["limits"] {
  const { limit, remaining, reset } = key;
  if (limit === null || !key.isActive) return [];
  const window = isKnownReset(reset) ? windowOf(reset, today) : null;
  const costs = addUp(days, [key], key.includesByok ? withByok : undefined);
  const found = runsOut(paceOf(costs, today), {
    today,
    left: remaining,
    limit,
    reset: isKnownReset(reset) ? reset : null,
    spentToday: costs.get(today) ?? 0n,
  });
  return [
    {
      api_key_id: key.id,
      api_key_name: key.name,
      key_name: key.name,
      limit: formatNanos(limit),
      limit_remaining: remaining === null ? null : formatNanos(remaining),
      limit_reset: reset,
      include_byok_in_limit: key.includesByok,
      includes_byok: key.includesByok,
      resets_at: window ? startOf(addDays(window.end, 1)).toISOString() : null,
      window: window && { start_date: window.start, end_date: window.end },
      next_window: found.next && {
        start_date: found.next.start,
        end_date: found.next.end,
        runs_out_on: found.next.on,
      },
      ...toWire(found),
    },
  ];
}

/** One management key for each account whose credits OpenRouter reports. */
function accountsOf(keys: KeyRow[]): KeyRow[] {
  const accounts = new Map<string, KeyRow>();
  for (const key of keys)
    if (key.kind === "management" && key.hasCredits) accounts.set(key.account ?? `key ${key.id}`, key);
  return [...accounts.values()];
}

/** @param sum cost by day of some keys */
function creditsOf(
  key: KeyRow,
  { all, today, sum }: { all: KeyRow[]; today: Day; sum: (keys: KeyRow[]) => Map<Day, bigint> },
): ForecastOutput["credits"][number] {
  const ofAccount = all.filter(
    ({ kind, account, managedBy }) =>
      kind !== "management" &&
      kind !== "residual" &&
      (managedBy === key.id || (account !== null && account === key.account)),
  );
  const withoutKey = all.filter(
    ({ kind, accountId }) => kind === "residual" && accountId !== null && accountId === key.accountId,
  );
  const costs = sum([...ofAccount, ...withoutKey]);
  const left = key.creditsLeft;
  return {
    api_key_id: key.id,
    api_key_name: key.name,
    key_name: key.name,
    remaining: left === null ? null : formatNanos(left),
    keys_watched: ofAccount.length,
    ...toWire(
      runsOut(paceOf(costs, today), { today, left, limit: 0n, reset: null, spentToday: costs.get(today) ?? 0n }),
    ),
  };
}

const PAST_SHOWN = 92;

function readRecord(app: App, input: { teamId: number; subject: number }): ForecastOutput["record"] {
  const rows = app.db.reader
    .prepare<[number, number]>(
      "SELECT made_on, low, middle, high, actual FROM forecasts WHERE team_id = ? AND subject = ? ORDER BY made_on DESC LIMIT 400",
    )
    .safeIntegers(true)
    .all(input.teamId, input.subject) as {
    made_on: Day;
    low: bigint;
    middle: bigint;
    high: bigint;
    actual: bigint | null;
  }[];
  const compared = rows.flatMap((row) => (row.actual === null ? [] : [{ ...row, actual: row.actual }]));
  const hits = compared.filter(({ low, high, actual }) => low <= actual && actual <= high).length;
  const total = compared.reduce((sum, { actual }) => sum + actual, 0n);
  const off = compared.reduce(
    (sum, { middle, actual }) => sum + (middle > actual ? middle - actual : actual - middle),
    0n,
  );
  return {
    compared: compared.length,
    hits,
    hit_rate: compared.length === 0 ? null : Math.round((1000 * hits) / compared.length) / 10,
    mean_error: total === 0n ? null : Number(divideHalfUp(off * 1000n, total)) / 10,
    past: rows.slice(0, PAST_SHOWN).map((row) => ({
      made_on: row.made_on,
      ...onWire({ low: row.low, middle: row.middle, high: row.high }),
      actual: row.actual === null ? null : formatNanos(row.actual),
    })),
  };
}
