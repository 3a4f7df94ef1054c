import { addDays, type Day } from "@orwatch/domain/day";
import { parseNanos } from "@orwatch/domain/money";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { getForecast } from "../../forecasts/service.ts";
import type { DigestFacts, Pair } from "./write.ts";

const MODELS = `
  SELECT model AS name, coalesce(sum(cost) FILTER (WHERE date >= @from), 0) AS now, coalesce(sum(cost) FILTER (WHERE date < @from), 0) AS before
  FROM usage_models WHERE team_id = @user AND date BETWEEN @start AND @through GROUP BY model ORDER BY now DESC, before DESC, name`;

const KEYS = `
  SELECT k.name, coalesce(sum(d.cost) FILTER (WHERE d.date >= @from), 0) AS now, coalesce(sum(d.cost) FILTER (WHERE d.date < @from), 0) AS before
  FROM usage_days d JOIN api_keys k ON k.id = d.api_key_id
  WHERE k.team_id = @user AND d.date BETWEEN @start AND @through GROUP BY k.id ORDER BY now DESC, before DESC, k.id`;

const REQUESTS = `
  SELECT sum(d.requests) FROM usage_days d JOIN api_keys k ON k.id = d.api_key_id
  WHERE k.team_id = @user AND d.date BETWEEN @from AND @through`;

const NEW_MODELS = `
  SELECT model FROM usage_models WHERE team_id = @user AND date <= @through AND model <> '(unattributed)'
  GROUP BY model HAVING min(date) >= @from ORDER BY sum(cost) DESC`;

const INVALID = "SELECT name FROM api_keys WHERE team_id = @user AND is_active AND status = 'invalid' ORDER BY name";

const MAX_RUNNING_OUT = 3;

/** Data of the digest of the seven days before `monday`; `null` for a team without keys. */
export function readFacts(app: App, input: { teamId: number; monday: Day }): DigestFacts | null {
  const { reader } = app.db;
  const { teamId: user, monday } = input;
  if (reader.prepare("SELECT 1 FROM api_keys WHERE team_id = ? LIMIT 1").get(user) === undefined) return null;
  const week = { user, from: addDays(monday, -7), through: addDays(monday, -1) };
  const both = { ...week, start: addDays(monday, -14) };
  const pairs = (sql: string) => reader.prepare(sql).safeIntegers(true).all(both) as Pair[];
  const keys = pairs(KEYS);
  return {
    from: week.from,
    through: week.through,
    total: {
      now: keys.reduce((sum, key) => sum + key.now, 0n),
      before: keys.reduce((sum, key) => sum + key.before, 0n),
      requests: reader.prepare(REQUESTS).pluck().safeIntegers(true).get(week) as bigint | null,
    },
    models: pairs(MODELS),
    keys,
    newModels: reader.prepare(NEW_MODELS).pluck().all(week) as string[],
    invalidKeys: reader.prepare(INVALID).pluck().all({ user }) as string[],
    forecast: readForecast(app, user),
  };
}

function readForecast(app: App, teamId: number): DigestFacts["forecast"] {
  const { month, limits, credits } = getForecast(app, { teamId });
  const nanos = (amount: string) => parseNanos(amount) ?? 0n;
  const all = [
    ...limits.map((limit) => ({ ...limit, of: "limit" as const })),
    ...credits.map((account) => ({ ...account, of: "credits" as const })),
  ];
  return {
    month: month && {
      low: nanos(month.low),
      middle: nanos(month.middle),
      high: nanos(month.high),
      spent: nanos(month.spent),
    },
    runningOut: all
      .filter(({ verdict, runs_out_on }) => verdict === "used_up" || (verdict === "runs_out" && runs_out_on !== null))
      .sort((a, b) => ((a.runs_out_on ?? "") < (b.runs_out_on ?? "") ? -1 : 1))
      .slice(0, MAX_RUNNING_OUT)
      .map(({ of, key_name: key, runs_out_on: on, verdict }) =>
        verdict === "used_up" || on === null
          ? message(of === "limit" ? "digest_limit_used_up" : "digest_credits_used_up", { key })
          : message(of === "limit" ? "digest_limit_runs_out" : "digest_credits_run_out", { key, on }),
      ),
  };
}
