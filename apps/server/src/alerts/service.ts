import type { Connection } from "@orwatch/db";
import { addDays, startOf, toDay } from "@orwatch/domain/day";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { storedInstant } from "../platform/clock.ts";
import { AppError, invalidRequest } from "../rpc/app-error.ts";
import { formatInstant } from "../rpc/wire.ts";
import { KEY_DELETED } from "./evaluation/decide.ts";
import { snoozeEnd } from "./quiet-hours.ts";
import { channelsOf, defaultName, keysOf, nameOf, RULE_COLUMNS, type StoredRule, termsOf } from "./rule.ts";
import { formatTerms, type RuleKind, readTerms, type TermFields, type Terms, writeTerms } from "./rules/index.ts";
import { MAX_RULES, type RuleOutput } from "./schema.ts";

interface RuleRow extends StoredRule {
  is_active: number;
  created_at: string;
  last_fired_at: string | null;
  is_firing: number;
}

/** Of the table as `f`. */
const IS_FIRING = `f.resolved_at IS NULL AND f.threshold <> '${KEY_DELETED.threshold}'`;

const SELECT = `
  SELECT ${RULE_COLUMNS}, r.is_active, r.created_at,
    (SELECT max(fired_at) FROM alert_firings f WHERE f.rule_id = r.id) AS last_fired_at,
    EXISTS (SELECT 1 FROM alert_firings f WHERE f.rule_id = r.id AND ${IS_FIRING}) AS is_firing
  FROM alert_rules r WHERE r.team_id = ?`;

const notFound = () => new AppError("NOT_FOUND", message("rule_not_found", {}));

function toOutput(row: RuleRow, owned: Map<number, string>): RuleOutput {
  return {
    id: row.id,
    name: nameOf(row),
    name_message: defaultName(row),
    kind: row.kind,
    is_active: row.is_active !== 0,
    keys: keysOf(row)?.map(({ id, name }) => ({ id, name: owned.get(id) ?? name, is_deleted: !owned.has(id) })) ?? null,
    channel_ids: channelsOf(row),
    ...writeTerms(termsOf(row)),
    snoozed_until: formatInstant(row.snoozed_until),
    is_firing: row.is_firing !== 0,
    last_fired_at: formatInstant(row.last_fired_at),
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
  };
}

const ownedKeys = (app: App, teamId: number): Map<number, string> =>
  new Map(
    app.db.reader
      .prepare<[number], { id: number; name: string }>(
        "SELECT id, name FROM api_keys WHERE team_id = ? AND kind IS NOT 'residual'",
      )
      .all(teamId)
      .map(({ id, name }) => [id, name]),
  );

/** All rules of a team, in the order of their creation. */
export function listRules(app: App, { teamId }: { teamId: number }) {
  const owned = ownedKeys(app, teamId);
  const rows = app.db.reader.prepare<[number], RuleRow>(`${SELECT} ORDER BY r.id`).all(teamId);
  return { items: rows.map((row) => toOutput(row, owned)), total: rows.length, max: MAX_RULES };
}

/**
 * The rules that apply to an inference key, in the order of their creation. `is_firing` is about this key, or about the combined spend of
 * several keys with it.
 */
export function listRulesOfKey(app: App, { teamId, keyId }: { teamId: number; keyId: number }): RuleOutput[] {
  const owned = ownedKeys(app, teamId);
  const firing = new Set(
    app.db.reader
      .prepare<[number, string], number>(
        `SELECT DISTINCT f.rule_id FROM alert_firings f JOIN alert_rules r ON r.id = f.rule_id AND r.team_id = ?
         WHERE ${IS_FIRING} AND f.subject IN ('all', ?)`,
      )
      .pluck()
      .all(teamId, `key:${keyId}`),
  );
  return (
    app.db.reader
      .prepare<[number], RuleRow>(`${SELECT} ORDER BY r.id`)
      .all(teamId)
      .map((row) => toOutput(row, owned))
      // Credits belong to accounts.
      .filter(({ kind, keys }) => kind !== "credits" && (keys === null || keys.some(({ id }) => id === keyId)))
      .map((rule) => ({ ...rule, is_firing: firing.has(rule.id) }))
  );
}

/** @throws NOT_FOUND */
export function getRule(app: App, input: { teamId: number; id: number }): RuleOutput {
  const row = app.db.reader.prepare<[number, number], RuleRow>(`${SELECT} AND r.id = ?`).get(input.teamId, input.id);
  if (!row) throw notFound();
  return toOutput(row, ownedKeys(app, input.teamId));
}

/** JSON of the keys with their names; keys that the rule had before may be deleted by now. @throws NOT_FOUND */
export function keysJson(
  app: App,
  input: { teamId: number; ids: number[] | null; before?: string | null },
): string | null {
  if (input.ids === null) return null;
  const owned = ownedKeys(app, input.teamId);
  const before = new Map<number, string>(
    (input.before ? (JSON.parse(input.before) as { id: number; name: string }[]) : []).map(({ id, name }) => [
      id,
      name,
    ]),
  );
  const keys = [...new Set(input.ids)].map((id) => ({ id, name: owned.get(id) ?? before.get(id) }));
  const missing = keys.find(({ name }) => name === undefined);
  if (missing) throw new AppError("NOT_FOUND", message("rule_key_not_found", { key_id: missing.id }));
  return JSON.stringify(keys);
}

/** JSON of the channels. @throws NOT_FOUND */
function channelsJson(app: App, { teamId, ids }: { teamId: number; ids: number[] | null }): string | null {
  if (ids === null) return null;
  const owned = new Set(
    app.db.reader.prepare<[number], number>("SELECT id FROM channels WHERE team_id = ?").pluck().all(teamId),
  );
  const missing = ids.find((id) => !owned.has(id));
  if (missing !== undefined)
    throw new AppError("NOT_FOUND", message("rule_channel_not_found", { channel_id: missing }));
  return JSON.stringify([...new Set(ids)]);
}

/** @throws BAD_REQUEST for invalid terms */
export function requireTerms(kind: RuleKind, fields: TermFields, before?: TermFields): Terms {
  const terms = readTerms(kind, fields, before);
  if ("issue" in terms) throw invalidRequest([terms.issue]);
  return terms;
}

interface RuleChange extends TermFields {
  teamId: number;
  name?: string | undefined;
  api_key_ids?: number[] | null | undefined;
  channel_ids?: number[] | null | undefined;
  is_active?: boolean | undefined;
}

/** @throws BAD_REQUEST for invalid terms, NOT_FOUND for a key or channel of another team, CONFLICT at the limit */
export async function createRule(app: App, input: RuleChange & { name: string; kind: RuleKind }): Promise<RuleOutput> {
  const { teamId, name, kind, api_key_ids, channel_ids, is_active, ...fields } = input;
  const terms = formatTerms(requireTerms(kind, fields));
  const keys = keysJson(app, { teamId, ids: api_key_ids ?? null });
  const channels = channelsJson(app, { teamId, ids: channel_ids ?? null });
  const at = storedInstant(app.clock.now());
  const id = await app.db.write((connection) => {
    const { total } = connection.prepare("SELECT count(*) AS total FROM alert_rules WHERE team_id = ?").get(teamId) as {
      total: number | bigint;
    };
    if (Number(total) >= MAX_RULES) return null;
    const { lastInsertRowid } = connection
      .prepare(
        "INSERT INTO alert_rules (team_id, name, kind, terms, keys, channels, is_active, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      )
      .run(teamId, name, kind, terms, keys, channels, is_active === false ? 0 : 1, at, at);
    return Number(lastInsertRowid);
  });
  if (id === null) throw new AppError("CONFLICT", message("rule_limit_reached", { limit: MAX_RULES }));
  return getRule(app, { teamId, id });
}

/** Changes what is given. The kind stays. @throws as `createRule` */
export async function updateRule(app: App, input: RuleChange & { id: number }): Promise<RuleOutput> {
  const { teamId, id, name, api_key_ids, channel_ids, is_active, ...fields } = input;
  const row = await findRow(app, { teamId, id });
  const terms = formatTerms(requireTerms(row.kind, fields, fieldsOf(row)));
  const keys = api_key_ids === undefined ? row.keys : keysJson(app, { teamId, ids: api_key_ids, before: row.keys });
  const channels = channel_ids === undefined ? row.channels : channelsJson(app, { teamId, ids: channel_ids });
  const isActive = is_active ?? row.is_active !== 0;
  const isRenamed = name !== undefined && name !== nameOf(row);
  // A rule that changed ignores periods that ended before; a new name or other channels do not count.
  const isOther = terms !== row.terms || keys !== row.keys || isActive !== (row.is_active !== 0);
  await app.db.write((connection) =>
    connection
      .prepare(
        "UPDATE alert_rules SET name = ?, has_default_name = ?, terms = ?, keys = ?, channels = ?, is_active = ?, updated_at = iif(?, ?, updated_at) WHERE id = ? AND team_id = ?",
      )
      .run(
        isRenamed ? name : row.name,
        isRenamed ? 0 : row.has_default_name,
        terms,
        keys,
        channels,
        isActive ? 1 : 0,
        isOther ? 1 : 0,
        storedInstant(app.clock.now()),
        id,
        teamId,
      ),
  );
  return getRule(app, { teamId, id });
}

async function findRow(app: App, { teamId, id }: { teamId: number; id: number }): Promise<RuleRow> {
  const row = app.db.reader.prepare<[number, number], RuleRow>(`${SELECT} AND r.id = ?`).get(teamId, id);
  if (!row) throw notFound();
  return row;
}

function fieldsOf(row: RuleRow): TermFields {
  const written = writeTerms(termsOf(row));
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== null));
}

/** @throws NOT_FOUND */
export async function deleteRule(app: App, input: { teamId: number; id: number }): Promise<void> {
  const isDeleted = await changes(app, (connection) =>
    connection.prepare("DELETE FROM alert_rules WHERE id = ? AND team_id = ?").run(input.id, input.teamId),
  );
  if (!isDeleted) throw notFound();
}

/** Snoozes a rule for some hours. It sends no notifications meanwhile, but does at the end if it is still firing. @throws NOT_FOUND */
export async function snoozeRule(app: App, input: { teamId: number; id: number; hours: number }): Promise<RuleOutput> {
  const until = snoozeEnd(app.clock.now(), input.hours);
  const isThere = await changes(app, (connection) =>
    connection
      .prepare("UPDATE alert_rules SET snoozed_until = ? WHERE id = ? AND team_id = ?")
      .run(until && storedInstant(until), input.id, input.teamId),
  );
  if (!isThere) throw notFound();
  return getRule(app, input);
}

const changes = (app: App, work: (connection: Connection) => { changes: number | bigint }): Promise<boolean> =>
  app.db.write((connection) => Number(work(connection).changes) > 0);

/** A little over a year, so that users can look back on one. */
const KEEP_DAYS = 400;

/**
 * Removes notifications, forecasts and resolved alerts of more than 400 days ago. Open alerts stay: they keep a rule from firing again.
 * @returns number of notifications removed
 */
export async function removeOldAlerts(app: App): Promise<number> {
  const oldest = addDays(toDay(app.clock.now()), -KEEP_DAYS);
  const before = storedInstant(startOf(oldest));
  return app.db.write((connection) => {
    connection
      .prepare("DELETE FROM alert_firings WHERE resolved_at IS NOT NULL AND resolved_at < ? AND fired_at < ?")
      .run(before, before);
    connection.prepare("DELETE FROM forecasts WHERE made_on < ?").run(oldest);
    return Number(connection.prepare("DELETE FROM notifications WHERE created_at < ?").run(before).changes);
  });
}

/** Replaces a key in all rules that apply to it, inside the caller's transaction. */
export function replaceRuleKey(
  connection: Connection,
  input: { teamId: number; from: number; to: { id: number; name: string } },
): void {
  connection
    .prepare(
      `UPDATE alert_rules SET keys = (
         SELECT json_group_array(json(iif(value ->> 'id' = :from, json_object('id', :id, 'name', :name), value))) FROM json_each(keys))
       WHERE team_id = :teamId AND keys IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(keys) WHERE value ->> 'id' = :from)`,
    )
    .run({ teamId: input.teamId, from: input.from, ...input.to });
}
