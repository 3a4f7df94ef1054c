import type { z } from "zod";
import type { App } from "../../app.ts";
import { getCreditsForecast } from "../../forecasts/service.ts";
import { findKey } from "../../keys/stored.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { creditsOf } from "../service.ts";
import { listAccountsOfTeam, managersOfAccount } from "../stored.ts";
import type { creditsForecast, currentCreditsOutput } from "./schema.ts";

const UNKNOWN = { verdict: "unknown", runs_out_on: null, earliest_on: null, latest_on: null } as const;

/** Each account of a team with its reported credits and their forecast, oldest first. */
function readAccounts(app: App, teamId: number) {
  const forecasts = getCreditsForecast(app, { teamId });
  return listAccountsOfTeam(app, teamId).map(({ id, name, managementKeyId }) => {
    const managers = managersOfAccount(app, id);
    return {
      account: { account_id: id, name },
      credits: creditsOf(managementKeyId === null ? null : findKey(app, managementKeyId)),
      forecast: forecasts.find(({ api_key_id }) => managers.includes(api_key_id)) ?? UNKNOWN,
    };
  });
}

/** The credits of each account of a team, and when they run out at the current pace. */
export const listCredits = (app: App, { teamId }: { teamId: number }): z.infer<typeof currentCreditsOutput> => ({
  items: readAccounts(app, teamId).map(({ account, credits, forecast }) => ({
    ...account,
    total: credits?.total ?? null,
    used: credits?.used ?? null,
    remaining: credits?.remaining ?? null,
    runs_out_on: forecast.runs_out_on,
  })),
  ...readSyncState(app, { teamId }),
  as_of: readAsOf(app, teamId),
});

/** When the credits of each account run out, the soonest first. */
export function listCreditsForecasts(app: App, { teamId }: { teamId: number }): z.infer<typeof creditsForecast>[] {
  const rank = ({ verdict, runs_out_on }: z.infer<typeof creditsForecast>) =>
    verdict === "used_up" ? "" : (runs_out_on ?? "~");
  return readAccounts(app, teamId)
    .map(({ account, credits, forecast: { verdict, runs_out_on, earliest_on, latest_on } }) => ({
      ...account,
      remaining: credits?.remaining ?? null,
      verdict,
      runs_out_on,
      earliest_on,
      latest_on,
    }))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : a.account_id - b.account_id));
}

const AS_OF = `SELECT min(seen) FROM (SELECT max(c.last_seen_at) AS seen
    FROM openrouter_accounts a JOIN account_credits c ON c.account_id = a.id WHERE a.team_id = ? GROUP BY a.id)`;

/** A sync of a key does not mean that the credits could be read. */
function readAsOf(app: App, teamId: number): string | null {
  const seen = app.db.reader.prepare(AS_OF).pluck().get(teamId) as string | null;
  return seen && new Date(seen).toISOString();
}
