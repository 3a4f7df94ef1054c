import type { Connection } from "@orwatch/db";
import type { Day } from "@orwatch/domain/day";
import type { UsageRow } from "../../openrouter/schema.ts";
import { negateDetails } from "../../openrouter/usage-details.ts";
import { storedInstant } from "../../platform/clock.ts";
import { DETAIL_COLUMNS, type DetailColumns, toDetails } from "../ledger/detail-columns.ts";
import { createLedger, type NewRow, UNATTRIBUTED } from "../ledger/ledger.ts";
import { type CountedSpend, explainByCounters, matchUnread, readCountedSpend } from "./counted-spend.ts";
import { listFree, noteFreeUsage, readRemainders, replaceRemainders, sumRemainders } from "./name-remainders.ts";
import {
  type Amounts,
  CHATROOM,
  type DayResidual,
  type KeyNames,
  type NamedRow,
  RESIDUAL_KINDS,
  type ResidualKind,
  splitResiduals,
} from "./residual-split.ts";

/** Names of the kinds where a key name is shown. */
const RESIDUAL_NAMES: Record<ResidualKind, string> = {
  not_watched: "Not watched",
  deleted: "Deleted keys",
  chatroom: "Chatroom",
  other_workspace: "Other workspaces",
  restatement: "Restated usage",
  unknown: "Not attributed to a key",
};

/** The account whose total is compared with its keys. */
export interface ResidualOwner {
  accountId: number;
  teamId: number;
  /** Identifies the account, also after it was deleted and added again. */
  identity: string;
  /** By OpenRouter's clock. */
  now: Date;
}

/** Takes the place of the key's hash. */
export const residualHash = (identity: string, kind: ResidualKind): string => `residual:${identity}:${kind}`;

/** Keys that hold the rows of each kind. They are created when needed, that of `unknown` always. */
export function ensureResidualKey(connection: Connection, owner: ResidualOwner, kind: ResidualKind): number {
  const hash = residualHash(owner.identity, kind);
  const at = storedInstant(owner.now);
  connection
    .prepare(
      `INSERT INTO api_keys (team_id, name, key_hash, label, kind, source, is_active, status, account_id, created_at)
       VALUES (:teamId, :name, :hash, '', 'residual', :kind, 0, 'valid', :accountId, :at)
       ON CONFLICT (team_id, key_hash) DO UPDATE SET account_id = excluded.account_id, watermark = NULL, month_resynced_on = NULL,
         year_resynced_on = NULL WHERE account_id IS NOT excluded.account_id`,
    )
    .run({ teamId: owner.teamId, name: RESIDUAL_NAMES[kind], hash, kind, accountId: owner.accountId, at });
  return connection
    .prepare("SELECT id FROM api_keys WHERE team_id = ? AND key_hash = ?")
    .pluck()
    .safeIntegers(false)
    .get(owner.teamId, hash) as number;
}

/**
 * Records the usage of an account beyond its keys, for whole days, inside the caller's transaction.
 * Idempotent.
 * @returns the number of changed usage rows
 */
export function bookResiduals(
  connection: Connection,
  input: {
    owner: ResidualOwner;
    today: Day;
    days: readonly Day[];
    totals: readonly UsageRow[];
    named: readonly NamedRow[];
    /** Days before this one had ended when they were last compared. `null`: none were compared. */
    comparedBefore: Day | null;
    /** Usage of the workspaces whose keys could not be listed. */
    elsewhere: { workspaceIds: readonly string[]; rows: readonly UsageRow[] };
    names: KeyNames;
    /** Days before this are not written. */
    oldestDay: Day | null;
  },
): number {
  const { owner, today, totals, named, names } = input;
  const days = input.days.filter((day) => input.oldestDay === null || day >= input.oldestDay).sort();
  const [from, through] = [days[0], days.at(-1)];
  if (from === undefined || through === undefined) return 0;
  const range = { from, through };
  const stored = readStored(connection, owner.accountId, range);
  const compared = { days, totals, named };
  const explained = explainByCounters({
    ...compared,
    stored,
    counted: readCountedSpend(connection, { accountId: owner.accountId }, range),
  });
  const unread = matchUnread({
    ...compared,
    stored: [...stored, ...explained],
    unread: readCountedSpend(connection, { unreadOf: owner.accountId }, range),
    hasKey: (name) => names.watched.has(name) || names.others.has(name) || names.gone.has(name) || name === CHATROOM,
  });
  const counted = [...explained, ...unread.rows];
  const before = readBefore(connection, owner.accountId, { ...range, comparedBefore: input.comparedBefore ?? "" });
  const elsewhere = [
    ...input.elsewhere.rows,
    ...readStored(connection, owner.accountId, range, input.elsewhere.workspaceIds).map(negate),
  ];
  const leftToday = noteRemainders(connection, { ...input, days, known: [...stored, ...counted] });
  const split = splitResiduals({ days, today, totals, named, stored, counted, before, leftToday, names, elsewhere });
  let changed = 0;
  for (const kind of RESIDUAL_KINDS) {
    const isUsed =
      kind === "unknown" || [...split.values()].some((day) => day.has(kind)) || hasKey(connection, owner, kind);
    if (!isUsed) continue;
    const ledger = createLedger(connection, {
      apiKeyId: ensureResidualKey(connection, owner, kind),
      teamId: owner.teamId,
      now: owner.now,
    });
    const before = ledger.readUsage(from, through);
    for (const [date, residual] of split) {
      const rows = new Map<string, NewRow>(
        [...(residual.get(kind) ?? [])].map(([model, amounts]) => [model, { date, model, ...amounts }]),
      );
      const old = before.get(date) ?? new Map();
      if (kind !== "unknown" && rows.size === 0 && old.size === 0) continue;
      changed += ledger.replaceDay(date, old, rows);
      ledger.putDay({
        date,
        rows,
        isAnswered: true,
        isKnownByCounters: false,
        isExactByCounters: false,
        isByokKnownByCounters: false,
      });
    }
    ledger.flush();
    if (changed > 0) ledger.bumpVersion();
  }
  return changed + dropContained(connection, owner, unread.contained);
}

/** Notes what is left under the names of watched keys. @returns what was left of today at the last comparison */
function noteRemainders(
  connection: Connection,
  input: {
    owner: ResidualOwner;
    today: Day;
    days: readonly Day[];
    named: readonly NamedRow[];
    known: NamedRow[];
    comparedBefore: Day | null;
    names: KeyNames;
  },
): Map<string, Amounts> {
  const { today, comparedBefore } = input;
  const { accountId } = input.owner;
  const remainders = sumRemainders(input);
  const before = readRemainders(connection, accountId);
  noteFreeUsage(connection, { accountId, free: listFree({ remainders, before, since: comparedBefore ?? today }) });
  if (input.days.includes(today))
    replaceRemainders(connection, { accountId, today, remainders: remainders.get(today) ?? new Map() });
  return before.get(today) ?? new Map();
}

/**
 * Removes usage that only the counters of a key knew when it stopped being watched or was deleted at OpenRouter, once analytics contains it:
 * the days of such keys are not read again, and the residuals of the day now contain the same usage.
 */
function dropContained(connection: Connection, owner: ResidualOwner, contained: readonly CountedSpend[]): number {
  let changed = 0;
  for (const keyId of new Set(contained.map((spend) => spend.keyId))) {
    const ledger = createLedger(connection, { apiKeyId: keyId, teamId: owner.teamId, now: owner.now });
    const spends = contained.filter((spend) => spend.keyId === keyId);
    for (const day of new Set(spends.map(({ date }) => date))) {
      const before = ledger.readUsage(day, day).get(day) ?? new Map();
      const after = new Map<string, NewRow>(before);
      after.delete(UNATTRIBUTED);
      changed += ledger.replaceDay(day, before, after);
      ledger.putDay({
        date: day,
        rows: after,
        isAnswered: false,
        isKnownByCounters: after.size > 0,
        isExactByCounters: false,
        isByokKnownByCounters: false,
      });
    }
    ledger.flush();
    ledger.bumpVersion();
  }
  return changed;
}

const hasKey = (connection: Connection, owner: ResidualOwner, kind: ResidualKind): boolean =>
  connection
    .prepare("SELECT 1 FROM api_keys WHERE team_id = ? AND key_hash = ?")
    .get(owner.teamId, residualHash(owner.identity, kind)) !== undefined;

/** A sum is not known unless all of its values are. */
const sumIfKnown = (column: string) => `iif(count(s.${column}) = count(*), sum(s.${column}), NULL) AS ${column}`;

const AMOUNTS = `sum(s.cost) AS cost, sum(s.byok_cost) AS byokCost, sum(s.requests_count) AS requests, sum(s.tokens_input) AS tokensInput,
    sum(s.tokens_output) AS tokensOutput, ${DETAIL_COLUMNS.map(sumIfKnown).join(", ")}`;

const STORED = `SELECT s.date, s.model, coalesce(k.name_at_openrouter, k.name) AS label, ${AMOUNTS}
  FROM api_keys k CROSS JOIN usage_stats s ON s.api_key_id = k.id
  WHERE k.account_id = :accountId AND k.kind = 'inference' AND s.date BETWEEN :from AND :through AND s.model <> :unattributed
    AND (:workspaceIds IS NULL OR k.workspace_id IN (SELECT value FROM json_each(:workspaceIds)))
  GROUP BY 1, 2, 3`;

type StoredRow = Record<"cost" | "byokCost" | "requests" | "tokensInput" | "tokensOutput", bigint> &
  DetailColumns & {
    date: Day;
    model: string;
    label: string;
  };

const toNamedRow = (row: StoredRow): NamedRow => ({
  date: row.date,
  model: row.model,
  label: row.label,
  cost: row.cost,
  byokCost: row.byokCost,
  requests: Number(row.requests),
  tokensInput: Number(row.tokensInput),
  tokensOutput: Number(row.tokensOutput),
  details: toDetails(row),
});

/** @param workspaceIds keys of these workspaces only */
function readStored(
  connection: Connection,
  accountId: number,
  range: { from: Day; through: Day },
  workspaceIds: readonly string[] | null = null,
): NamedRow[] {
  const ids = workspaceIds === null ? null : JSON.stringify(workspaceIds);
  const rows = connection
    .prepare(STORED)
    .safeIntegers(true)
    .all({ accountId, ...range, unattributed: UNATTRIBUTED, workspaceIds: ids }) as StoredRow[];
  return rows.map(toNamedRow);
}

const negate = (row: NamedRow): NamedRow => ({
  ...row,
  cost: -row.cost,
  byokCost: -row.byokCost,
  requests: -row.requests,
  tokensInput: -row.tokensInput,
  tokensOutput: -row.tokensOutput,
  details: negateDetails(row.details),
});

const COMPARED = `SELECT d.date FROM api_keys k CROSS JOIN usage_days d ON d.api_key_id = k.id AND d.date BETWEEN :from AND :through
  WHERE k.account_id = :accountId AND k.kind = 'residual' AND k.source = 'unknown' AND d.date < :comparedBefore`;

const BEFORE = `SELECT s.date, s.model, k.source AS label, ${AMOUNTS}
  FROM api_keys k CROSS JOIN usage_stats s ON s.api_key_id = k.id
  WHERE k.account_id = :accountId AND k.kind = 'residual' AND s.date BETWEEN :from AND :through GROUP BY 1, 2, 3`;

/** Stored residuals of an account by day, for days that were compared after they ended. */
function readBefore(
  connection: Connection,
  accountId: number,
  { comparedBefore, ...range }: { from: Day; through: Day; comparedBefore: Day },
): Map<Day, DayResidual> {
  const days = connection
    .prepare(COMPARED)
    .pluck()
    .all({ accountId, ...range, comparedBefore }) as Day[];
  const before = new Map<Day, DayResidual>(days.map((day) => [day, new Map()]));
  const rows = connection
    .prepare(BEFORE)
    .safeIntegers(true)
    .all({ accountId, ...range }) as StoredRow[];
  for (const row of rows) {
    const day = before.get(row.date);
    const kind = row.label as ResidualKind;
    day?.set(kind, (day.get(kind) ?? new Map()).set(row.model, toNamedRow(row)));
  }
  return before;
}
