import type { Connection } from "@orwatch/db";
import { addDays, type Day } from "@orwatch/domain/day";
import type { App } from "../../app.ts";
import type { Config } from "../../config.ts";
import { bumpDataVersion } from "../data-version.ts";
import { DIMENSION_IDS, dayNumberOf } from "./dimensions.ts";

type Retention = Pick<Config, "breakdownRetentionDays" | "retentionDays">;

/** Days that breakdowns are kept, never longer than usage. `null` if all are kept. */
export function breakdownDaysKept(config: Retention): number | null {
  const days = [config.breakdownRetentionDays, config.retentionDays].filter((count) => count > 0);
  return days.length === 0 ? null : Math.min(...days);
}

/** First day whose breakdowns are kept. `null` if all are kept. */
export function oldestBreakdownKept(config: Retention, today: Day): Day | null {
  const days = breakdownDaysKept(config);
  return days === null ? null : addDays(today, 1 - days);
}

const TABLES = ["breakdowns", "breakdown_days", "breakdown_progress"];

/** Owners of a team: keys and accounts. */
const OWNERS = `SELECT o.id FROM breakdown_owners o JOIN api_keys k ON k.id = o.api_key_id AND k.team_id = :teamId
  UNION ALL SELECT o.id FROM breakdown_owners o JOIN openrouter_accounts a ON a.id = o.account_id AND a.team_id = :teamId`;

/** Deletes names that no row refers to. */
const UNUSED_NAMES = `DELETE FROM breakdown_values WHERE team_id = :teamId AND dimension = :dimension AND id NOT IN (
  SELECT b.value_id FROM breakdowns b WHERE b.owner_id IN (${OWNERS}) AND b.dimension = :dimension)`;

/** Removes all breakdowns of one key, inside the caller's transaction. */
export function removeBreakdownsOfKey(connection: Connection, { teamId, id }: { teamId: number; id: number }): void {
  const { changes } = connection.prepare("DELETE FROM breakdown_owners WHERE api_key_id = ?").run(id);
  if (changes > 0) removeUnusedEndUsers(connection, teamId);
}

/** Removes the breakdowns of an account, but not those of its keys, inside the caller's transaction. */
export function removeBreakdownsOfAccount(
  connection: Connection,
  { teamId, id }: { teamId: number; id: number },
): void {
  connection.prepare("DELETE FROM breakdown_owners WHERE account_id = ?").run(id);
  // Members are known by name or e-mail address.
  for (const dimension of [DIMENSION_IDS.user, DIMENSION_IDS.workspace])
    connection.prepare(UNUSED_NAMES).run({ teamId, dimension });
}

/** Removes all breakdowns of a team that is about to be deleted, inside the caller's transaction. */
export function removeBreakdownsOfTeam(connection: Connection, teamId: number): void {
  connection.prepare(`DELETE FROM breakdown_owners WHERE id IN (${OWNERS})`).run({ teamId });
  connection.prepare("DELETE FROM breakdown_values WHERE team_id = ?").run(teamId);
}

/** Removes usage by end user of an account's keys, and the ids of these end users, inside the caller's transaction. */
export function removeEndUsers(
  connection: Connection,
  { teamId, accountId }: { teamId: number; accountId: number },
): void {
  for (const table of TABLES)
    connection
      .prepare(
        `DELETE FROM ${table} WHERE dimension = ? AND owner_id IN (
           SELECT o.id FROM breakdown_owners o JOIN api_keys k ON k.id = o.api_key_id WHERE k.account_id = ?)`,
      )
      .run(DIMENSION_IDS.end_user, accountId);
  removeUnusedEndUsers(connection, teamId);
  bumpDataVersion(connection, teamId);
}

/** Ids of end users may be personal data, so they are deleted with their usage. */
const removeUnusedEndUsers = (connection: Connection, teamId: number) =>
  void connection.prepare(UNUSED_NAMES).run({ teamId, dimension: DIMENSION_IDS.end_user });

/** Pause between two owners, so that other writes are not delayed. */
const REST_MS = 5;

/** Removes all breakdowns before `oldest`, one owner per transaction. @returns the number of removed rows */
export async function removeOldBreakdowns(app: App, oldest: Day): Promise<number> {
  const day = dayNumberOf(oldest);
  const { reader } = app.db;
  const owners = reader
    .prepare("SELECT DISTINCT owner_id FROM breakdown_days WHERE day < ?")
    .pluck()
    .safeIntegers(false)
    .all(day) as number[];
  let removed = 0;
  for (const ownerId of owners) {
    if (app.stopping.aborted) return removed;
    removed += await app.db.write((connection) => removeDaysOfOwner(connection, ownerId, day));
    await app.clock.sleep(REST_MS, app.stopping);
  }
  if (owners.length > 0) await removeUnusedNames(app);
  return removed;
}

function removeDaysOfOwner(connection: Connection, ownerId: number, day: number): number {
  let rows = 0;
  for (const dimension of Object.values(DIMENSION_IDS)) {
    rows += Number(
      connection
        .prepare("DELETE FROM breakdowns WHERE owner_id = ? AND dimension = ? AND hour < ?")
        .run(ownerId, dimension, day * 24).changes,
    );
    connection
      .prepare("DELETE FROM breakdown_days WHERE owner_id = ? AND dimension = ? AND day < ?")
      .run(ownerId, dimension, day);
  }
  const teamId = connection
    .prepare(
      `SELECT coalesce(k.team_id, a.team_id) FROM breakdown_owners o LEFT JOIN api_keys k ON k.id = o.api_key_id
       LEFT JOIN openrouter_accounts a ON a.id = o.account_id WHERE o.id = ?`,
    )
    .pluck()
    .safeIntegers(false)
    .get(ownerId) as number | null | undefined;
  if (typeof teamId === "number") bumpDataVersion(connection, teamId);
  return rows;
}

async function removeUnusedNames(app: App): Promise<void> {
  const teams = app.db.reader
    .prepare("SELECT DISTINCT team_id FROM breakdown_values")
    .pluck()
    .safeIntegers(false)
    .all() as number[];
  for (const teamId of teams)
    for (const dimension of Object.values(DIMENSION_IDS)) {
      if (dimension === DIMENSION_IDS.model || app.stopping.aborted) continue;
      await app.db.write((connection) => void connection.prepare(UNUSED_NAMES).run({ teamId, dimension }));
    }
}
