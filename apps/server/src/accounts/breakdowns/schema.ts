import { z } from "zod";
import { codedMessage, count, dayOutput, instant } from "../../rpc/wire.ts";

/** Which breakdowns of an account's usage are collected. */
export const breakdownSettings = z.object({
  providers: z.boolean().describe("Usage by provider."),
  apps: z.boolean().describe("Usage by app."),
  finish_reasons: z.boolean().describe("Usage by finish reason."),
  members: z.boolean().describe("Usage of the account by member."),
  workspaces: z.boolean().describe("Usage of the account by workspace."),
  hours: z.boolean().describe("Usage by hour of the day (UTC)."),
  performance: z.boolean().describe("Latency and throughput. Requires `providers`."),
  end_users: z
    .boolean()
    .describe(
      "IDs that requests pass as `user`. They may be personal data, so they are not collected by default. `false` deletes the stored ones.",
    ),
});
export type BreakdownSettings = z.infer<typeof breakdownSettings>;

export const breakdownSettingsInput = z
  .strictObject(breakdownSettings.partial().shape)
  .describe("Which breakdowns to collect. Omitted ones are not changed.");
export type BreakdownSettingsInput = z.infer<typeof breakdownSettingsInput>;

/** Size of the breakdowns of an account and the result of the last requests. */
export const breakdownState = z
  .object({
    rows: count.describe("Number of stored rows."),
    bytes: count.describe("Estimated size in the database."),
    bytes_per_month: count.describe("Estimated growth, from the last 30 days."),
    since: dayOutput.nullable().describe("First day with data."),
    retention_days: count.nullable().describe("Days that breakdowns are kept. `null` if they are not deleted by age."),
    last_collected_at: instant.nullable().describe("Time of the last request. `null` if there was none yet."),
    last_error: z.string().nullable().describe("Why the last request failed, in English. `null` if it succeeded."),
    last_error_message: codedMessage.nullable().describe("`last_error` as a code and parameters."),
  })
  .describe("Breakdowns stored for this account.");
