import type { z } from "zod";
import type { App } from "../../app.ts";
import { getCreditsForecast } from "../../forecasts/service.ts";
import { findKey } from "../../keys/stored.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { creditsOf } from "../service.ts";
import { listAccountsOfUser, managersOfAccount } from "../stored.ts";
import type { currentCreditsOutput } from "./schema.ts";

/** The credits of each account of a user, and when they run out at the current pace. */
export function listCredits(app: App, { userId }: { userId: number }): z.infer<typeof currentCreditsOutput> {
  const runsOutOn = new Map(
    getCreditsForecast(app, { userId }).map(({ api_key_id, runs_out_on }) => [api_key_id, runs_out_on]),
  );
  return {
    items: listAccountsOfUser(app, userId).map(({ id, name, managementKeyId }) => {
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
    ...readSyncState(app, { userId }),
    as_of: readAsOf(app, userId),
  };
}

const AS_OF = `SELECT min(seen) FROM (SELECT max(c.last_seen_at) AS seen
    FROM openrouter_accounts a JOIN account_credits c ON c.account_id = a.id WHERE a.user_id = ? GROUP BY a.id)`;

/** A sync of a key does not mean that the credits could be read. */
function readAsOf(app: App, userId: number): string | null {
  const seen = app.db.reader.prepare(AS_OF).pluck().get(userId) as string | null;
  return seen && new Date(seen).toISOString();
}
