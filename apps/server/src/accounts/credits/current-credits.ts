import { z } from "zod";
import type { App } from "../../app.ts";
import { getCreditsForecast } from "../../forecasts/service.ts";
import { findKey } from "../../keys/stored.ts";
import { dayOutput, id, money, syncState } from "../../rpc/wire.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { creditsOf } from "../service.ts";
import { listAccountsOfUser, managersOfAccount } from "../stored.ts";

export const currentCreditsOutput = z
  .object({
    items: z
      .array(
        z.object({
          account_id: id.describe("ID of the OpenRouter account."),
          name: z.string().describe("Name of the OpenRouter account in orwatch."),
          total: money
            .nullable()
            .describe(
              "All credits ever purchased. OpenRouter does not include granted credits. `null` if OpenRouter has not reported them.",
            ),
          used: money.nullable().describe("All credits ever used. `null` if OpenRouter has not reported them."),
          remaining: money
            .nullable()
            .describe(
              "Credits left. `null` if unknown: OpenRouter has not reported them, or the account has never purchased credits.",
            ),
          runs_out_on: dayOutput
            .nullable()
            .describe("Expected day on which nothing is left (UTC). `null` if not within a year, or unknown."),
        }),
      )
      .describe("Every OpenRouter account, oldest first."),
    ...syncState,
  })
  .meta({ id: "Credits" });

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
  };
}
