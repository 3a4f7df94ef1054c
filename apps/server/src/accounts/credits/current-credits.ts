import type { z } from "zod";
import type { App } from "../../app.ts";
import { getCreditsForecast } from "../../forecasts/service.ts";
import { findKey } from "../../keys/stored.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { creditsOf } from "../service.ts";
import { listAccountsOfTeam, managersOfAccount } from "../stored.ts";
import type { currentCreditsOutput } from "./schema.ts";

/** The credits of each account of a team, and when they run out at the current pace. */
export function listCredits(app: App, { teamId }: { teamId: number }): z.infer<typeof currentCreditsOutput> {
  const runsOutOn = new Map(
    getCreditsForecast(app, { teamId }).map(({ api_key_id, runs_out_on }) => [api_key_id, runs_out_on]),
  );
  return {
    items: listAccountsOfTeam(app, teamId).map(({ id, name, managementKeyId }) => {
      const credits = creditsOf(managementKeyId === null ? null : findKey(app, managementKeyId));
      const forecastKey = managersOfAccount(app, id).find((keyId) => runsOutOn.has(keyId));
      return {
        account_id: id,
        name,
        total: credits?.total ?? null,
        used: credits?.used ?? null,
        remaining: credits?.remaining ?? null,
        runs_out_on: (forecastKey === undefined ? null : runsOutOn.get(forecastKey)) ?? null,
      };
    }),
    ...readSyncState(app, { teamId }),
    as_of: readAsOf(app, teamId),
  };
}

const AS_OF = `SELECT min(seen) FROM (SELECT max(c.last_seen_at) AS seen
    FROM openrouter_accounts a JOIN account_credits c ON c.account_id = a.id WHERE a.team_id = ? GROUP BY a.id)`;

/** A sync of a key does not mean that the credits could be read. */
function readAsOf(app: App, teamId: number): string | null {
  const seen = app.db.reader.prepare(AS_OF).pluck().get(teamId) as string | null;
  return seen && new Date(seen).toISOString();
}
