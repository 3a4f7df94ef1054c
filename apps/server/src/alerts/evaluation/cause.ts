import { addDays, daysBetween } from "@orwatch/domain/day";
import { parseMoney } from "@orwatch/domain/money";
import { type Message, message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { getChanges } from "../../stats/changes/changes.ts";
import { changesInput } from "../../stats/changes/schema.ts";
import type { Change } from "./decide.ts";
import { usageOf } from "./items.ts";

/** Alerts of one evaluation whose cause is looked for. */
const MAX_CAUSES = 10;

/**
 * What grew most in the usage that alerts are about: a model of a key, or a key of several. Compared are the same weekdays of the week
 * before, or as many days before a longer period. Alerts without a known cause have none.
 */
export async function findCauses(
  app: App,
  { teamId, changes }: { teamId: number; changes: Change[] },
): Promise<Map<Change, Message>> {
  const causes = new Map<Change, Message>();
  const asked = changes.filter(({ isNotified, level }) => isNotified && level.alert().days);
  for (const change of asked.slice(0, MAX_CAUSES)) {
    try {
      const cause = await findCause(app, { teamId, change });
      if (cause) causes.set(change, cause);
    } catch (error) {
      app.log.error("alerts.cause", { team_id: teamId, rule_id: change.rule.id, error });
    }
  }
  return causes;
}

async function findCause(app: App, { teamId, change }: { teamId: number; change: Change }): Promise<Message | null> {
  const { days } = change.level.alert();
  if (!days) return null;
  const { start_date, end_date, api_key_ids } = usageOf(change, days);
  const against = addDays(start_date, -Math.max(7, daysBetween(start_date, end_date) + 1));
  const by = api_key_ids?.length === 1 ? "model" : "key";
  const { items } = await getChanges(app, {
    ...changesInput.parse({
      start_date,
      end_date,
      against,
      by,
      limit: 10,
      ...(api_key_ids && { api_key_id: api_key_ids }),
    }),
    teamId,
  });
  for (const { api_key_name, model, change: dollars } of items) {
    const [nanos, name] = [dollars === null ? null : parseMoney(dollars), by === "key" ? api_key_name : model];
    if (nanos === null || nanos <= 0n || name === null) continue;
    return message("spend_cause", {
      by,
      name,
      change: String(nanos),
      against,
      days: daysBetween(start_date, end_date) + 1,
    });
  }
  return null;
}
