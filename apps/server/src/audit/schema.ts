import { z } from "zod";
import { count, id, instant } from "../rpc/wire.ts";

/** Everything that is written down about an account. */
export const eventKind = z.enum([
  "account_opened",
  "logged_in",
  "log_in_failed",
  "second_factor_failed",
  "logged_out",
  "reauthenticated",
  "password_check_failed",
  "password_changed",
  "password_reset",
  "second_factor_enabled",
  "second_factor_disabled",
  "recovery_code_used",
  "recovery_codes_renewed",
  "session_ended",
  "sessions_ended",
  "key_added",
  "key_removed",
  "key_sent",
  "api_token_issued",
  "api_token_revoked",
  "channel_added",
  "channel_changed",
  "channel_removed",
  "data_exported",
  "account_switched_off",
  "account_switched_on",
  "made_administrator",
  "user_switched_off",
  "user_switched_on",
  "user_sessions_ended",
  "job_started",
]);
export type EventKind = z.infer<typeof eventKind>;

export type Actor = "owner" | "anonymous" | "administrator" | "operator" | "server";
/** The API says "stranger" where the code says "anonymous". */
const actor = z.enum(["owner", "stranger", "administrator", "operator", "server"]);
export const toWireActor = (name: string): z.infer<typeof actor> =>
  name === "anonymous" ? "stranger" : (name as Exclude<Actor, "anonymous">);

export const deviceOutput = z
  .object({
    app: z.string().nullable().describe("Browser or client"),
    system: z.string().nullable().describe("Operating system"),
  })
  .describe("As the User-Agent header has it; null where it names nothing known");

export const activityInput = z.strictObject({
  skip: z.coerce.number<number>().int().min(0).max(1_000_000).default(0).describe("Events to pass over"),
  limit: z.coerce.number<number>().int().min(1).max(100).default(20).describe("Events to answer with, 1 to 100"),
});

export const eventOutput = z
  .object({
    id,
    kind: eventKind,
    at: instant,
    last_at: instant.describe("The last of them, where count is above 1"),
    count: count.describe("Like events close together are one"),
    actor: actor.describe("stranger: not signed in; operator: the command line of the server"),
    address: z.string().nullable().describe("Network address; an IPv6 address stands for its /64"),
    device: deviceOutput,
    detail: z.record(z.string(), z.union([z.string(), z.number()])).describe("Names and ids of what it was about"),
  })
  .meta({ id: "Event" });

export const activityOutput = z.object({ items: z.array(eventOutput), total: count });
