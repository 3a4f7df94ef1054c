import type { Connection } from "@orwatch/db";
import { removeBreakdownsOfKey, removeBreakdownsOfTeam } from "./breakdowns/removal.ts";
import { bumpDataVersion } from "./data-version.ts";
import { ROLL_UP_COLUMNS, ROLLED_UP } from "./ledger/roll-ups.ts";
import { noteKeyChanged } from "./residuals/residual-progress.ts";

/** All tables with usage of a key, except the roll-up of its team. */
const TABLES_OF_KEY = [
  "usage_stats",
  "usage_days",
  "usage_months",
  "counter_baselines",
  "byok_counter_baselines",
  "held_days",
];

/** Removes all usage of one key, inside the caller's transaction. */
export function removeUsageOfKey(connection: Connection, { teamId, id }: { teamId: number; id: number }): void {
  // Usage of a deleted key still belongs to its account.
  noteKeyChanged(connection, id);
  connection.prepare(SUBTRACT_FROM_MODELS).run({ teamId, id });
  connection.prepare("DELETE FROM usage_models WHERE team_id = ? AND rows = 0").run(teamId);
  for (const table of TABLES_OF_KEY) connection.prepare(`DELETE FROM ${table} WHERE api_key_id = ?`).run(id);
  removeBreakdownsOfKey(connection, { teamId, id });
  bumpDataVersion(connection, teamId);
}

/** Removes all usage of a team that is about to be deleted, inside the caller's transaction. */
export function removeUsageOfTeam(connection: Connection, teamId: number): void {
  const keys = "SELECT id FROM api_keys WHERE team_id = ?";
  for (const table of TABLES_OF_KEY)
    connection.prepare(`DELETE FROM ${table} WHERE api_key_id IN (${keys})`).run(teamId);
  connection.prepare("DELETE FROM usage_models WHERE team_id = ?").run(teamId);
  removeBreakdownsOfTeam(connection, teamId);
}

const SUBTRACT_FROM_MODELS = `
  UPDATE usage_models AS m SET ${ROLL_UP_COLUMNS.map((name) => `${name} = m.${name} - ${ROLLED_UP[name]}`).join(", ")}
  FROM usage_stats s
  WHERE s.api_key_id = :id AND m.team_id = :teamId AND m.date = s.date AND m.model = s.model`;
