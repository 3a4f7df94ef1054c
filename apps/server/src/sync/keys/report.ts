import type { ApiKey, Connection } from "@orwatch/db";
import { type Message, message } from "@orwatch/messages/message";
import { recordEvents } from "../../accounts/events.ts";
import { notifyTeam } from "../../alerts/notify.ts";
import { ABOUT_NO_KEY } from "../../notifications/inbox/notifications.ts";
import { storedInstant } from "../../platform/clock.ts";
import type { ConfirmedReduction } from "../../usage/counters/held-reductions.ts";

/** The same problem of a key is not reported again for this long. */
const QUIET_MS = 24 * 3_600_000;

/** Notifies the team about an implausible response of OpenRouter for a key, inside the caller's transaction. */
export function reportToOwner(
  connection: Connection,
  key: Pick<ApiKey, "id" | "teamId" | "name">,
  { cause, now }: { cause: Message; now: Date },
): void {
  const said = message("key_sync_warning", { key_id: key.id, key: key.name, cause });
  const since = storedInstant(new Date(now.getTime() - QUIET_MS));
  if (connection.prepare(SAID).get(key.teamId, since, key.id, JSON.stringify(said))) return;
  const item = { ...ABOUT_NO_KEY, event: "alert" as const, api_key_id: key.id, key_name: key.name, message: said };
  notifyTeam(connection, { teamId: key.teamId, items: [item], now });
}

const SAID = `SELECT 1 FROM notifications n JOIN json_each(n.items) i WHERE n.team_id = ? AND n.created_at > ?
  AND i.value ->> 'api_key_id' = ? AND i.value -> 'message' = ? LIMIT 1`;

/** Adds what OpenRouter took from finished days of a key to the history of its account, as of when it first did, inside the caller's transaction. */
export function recordReductions(
  connection: Connection,
  key: Pick<ApiKey, "accountId" | "keyHash" | "name">,
  confirmed: readonly ConfirmedReduction[],
): void {
  const { accountId, keyHash } = key;
  if (accountId === null) return;
  for (const since of new Set(confirmed.map((one) => one.since.getTime()))) {
    const reductions = confirmed.filter((one) => one.since.getTime() === since);
    const reduced = message("account_usage_reduced", {
      key: key.name,
      days: reductions.map(({ date }) => date),
      amount: String(reductions.reduce((sum, { lost }) => sum + lost, 0n)),
    });
    recordEvents(connection, { accountId, at: new Date(since), events: [{ keyHash, message: reduced }] });
  }
}
