import type { ApiKey } from "@orwatch/db";
import { formatNanos } from "@orwatch/domain/money";
import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { readStored } from "@orwatch/messages/renderer";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { creditsLeft } from "../keys/current.ts";
import { paramsOf } from "../keys/service.ts";
import { findKey } from "../keys/stored.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { removeBreakdownsOfAccount } from "../usage/breakdowns/removal.ts";
import { bumpDataVersion } from "../usage/data-version.ts";
import { removeUsageOfKey } from "../usage/removal.ts";
import { residualHash } from "../usage/residuals/residuals.ts";
import type { BreakdownSettingsInput } from "./breakdowns/schema.ts";
import { breakdownsOf, changeBreakdowns } from "./breakdowns/settings.ts";
import type { AccountOutput } from "./schema.ts";
import {
  type Account,
  type AccountChange,
  changeAccount,
  findAccount,
  listAccountsOfTeam,
  readCoverage,
} from "./stored.ts";

interface Owned {
  teamId: number;
  id: number;
}

/** @throws NOT_FOUND if it does not belong to the team */
export function getOwnedAccount(app: App, { teamId, id }: Owned): Account {
  const account = findAccount(app, id);
  if (account?.teamId !== teamId) throw new AppError("NOT_FOUND", message("account_not_found", {}));
  return account;
}

export const listAccounts = (app: App, { teamId }: { teamId: number }): { items: AccountOutput[] } => ({
  items: listAccountsOfTeam(app, teamId).map((account) => toOutput(app, account)),
});

/** @throws NOT_FOUND */
export const getAccount = (app: App, input: Owned): AccountOutput => toOutput(app, getOwnedAccount(app, input));

/** @throws NOT_FOUND */
export async function updateAccount(
  app: App,
  {
    name,
    watch,
    breakdowns,
    notify_on_key_changes: notifiesChanges,
    ...owned
  }: Owned & {
    name?: string | undefined;
    watch?: Account["watch"] | undefined;
    breakdowns?: BreakdownSettingsInput | undefined;
    notify_on_key_changes?: boolean | undefined;
  },
): Promise<AccountOutput> {
  const account = getOwnedAccount(app, owned);
  const change: AccountChange = {
    ...(name === undefined ? {} : { name }),
    ...(watch === undefined ? {} : { watch }),
    ...(notifiesChanges === undefined ? {} : { notifiesChanges }),
  };
  await app.db.write((connection) => {
    changeAccount(connection, account, change);
    if (breakdowns !== undefined) changeBreakdowns(connection, account, breakdowns);
  });
  return getAccount(app, owned);
}

interface Sums {
  keys: bigint;
  watched: bigint;
  total: bigint;
  recent: bigint;
  done: bigint;
}

const SUMS = `SELECT count(*) FILTER (WHERE gone_at IS NULL) AS keys, count(*) FILTER (WHERE gone_at IS NULL AND is_active) AS watched,
    count(*) FILTER (WHERE is_active AND gone_at IS NULL AND key_encrypted IS NULL AND (usage_nanos > 0 OR byok_nanos > 0)) AS total,
    count(*) FILTER (WHERE is_active AND gone_at IS NULL AND key_encrypted IS NULL AND (usage_nanos > 0 OR byok_nanos > 0) AND coalesce(year_resynced_on, watermark) IS NOT NULL) AS recent,
    count(*) FILTER (WHERE is_active AND gone_at IS NULL AND key_encrypted IS NULL AND (usage_nanos > 0 OR byok_nanos > 0) AND year_resynced_on IS NOT NULL) AS done
  FROM api_keys WHERE account_id = ? AND coalesce(kind, '') NOT IN ('management', 'residual')`;

const WORKSPACES = `SELECT w.workspace_id AS id, w.name, w.is_default,
    (SELECT count(*) FROM api_keys k WHERE k.account_id = w.account_id AND k.workspace_id = w.workspace_id AND k.gone_at IS NULL
      AND coalesce(k.kind, '') NOT IN ('management', 'residual')) AS keys
  FROM openrouter_workspaces w WHERE w.account_id = ? ORDER BY w.is_default DESC, w.name, w.workspace_id`;

function toOutput(app: App, account: Account): AccountOutput {
  const sums = app.db.reader.prepare(SUMS).safeIntegers(true).get(account.id) as Sums;
  const spaces = app.db.reader.prepare(WORKSPACES).safeIntegers(false).all(account.id) as {
    id: string;
    name: string;
    is_default: number;
    keys: number;
  }[];
  const manager = account.managementKeyId === null ? null : findKey(app, account.managementKeyId);
  const error = readStored(managerProblem(manager) ?? account.lastListError);
  const totalError = readStored(readTotalError(app, account));
  return {
    id: account.id,
    name: account.name,
    watch: account.watch,
    notify_on_key_changes: account.notifiesChanges,
    management_key_id: account.managementKeyId,
    workspaces: spaces.map(({ id, name, is_default, keys }) => ({
      id,
      name,
      is_default: is_default !== 0,
      keys_total: keys,
    })),
    keys_total: Number(sums.keys),
    keys_watched: Number(sums.watched),
    coverage_percent: readCoverage(app, account.id),
    credits: creditsOf(manager),
    backfill: { recent: Number(sums.recent), done: Number(sums.done), total: Number(sums.total) },
    last_synced_at: account.lastListedAt?.toISOString() ?? null,
    last_sync_error: error.text,
    last_sync_error_message: error.message,
    total_error: totalError.text,
    total_error_message: totalError.message,
    ...breakdownsOf(app, account),
    created_at: account.createdAt.toISOString(),
  };
}

/** Why no management key can list the account, as a stored message. */
function managerProblem(manager: ApiKey | null): string | null {
  if (manager === null) return storeMessage(message("account_without_management_key", {}));
  return manager.isActive ? null : storeMessage(message("account_management_key_turned_off", {}));
}

/** A stored message; `null` if the total was compared with the keys. */
const readTotalError = (app: App, { teamId, identity }: Account): string | null =>
  (app.db.reader
    .prepare("SELECT last_sync_error FROM api_keys WHERE team_id = ? AND key_hash = ?")
    .pluck()
    .get(teamId, residualHash(identity ?? "", "unknown")) as string | null | undefined) ?? null;

export const creditsOf = (manager: ApiKey | null): AccountOutput["credits"] => {
  if (manager === null || manager.creditsTotalNanos === null || manager.creditsUsedNanos === null) return null;
  const left = creditsLeft(manager);
  return {
    total: formatNanos(manager.creditsTotalNanos),
    used: formatNanos(manager.creditsUsedNanos),
    remaining: left === null ? null : formatNanos(left),
  };
};

const EVENTS = "e.account_id = :id AND (:hash IS NULL OR e.key_hash = :hash)";

/** History of the account at OpenRouter, or of one of its keys, newest first. @throws NOT_FOUND */
export function listHistory(app: App, input: Owned & { skip: number; limit: number; hash?: string | undefined }) {
  const account = getOwnedAccount(app, input);
  const { reader } = app.db;
  const which = { id: account.id, hash: input.hash ?? null };
  const total = reader
    .prepare(`SELECT count(*) FROM account_events e WHERE ${EVENTS}`)
    .pluck()
    .safeIntegers(false)
    .get(which) as number;
  const rows = reader
    .prepare(
      `SELECT e.id, e.at, e.key_hash AS hash, e.message, k.id AS api_key_id FROM account_events e
       LEFT JOIN api_keys k ON k.team_id = :teamId AND k.key_hash = e.key_hash
       WHERE ${EVENTS} ORDER BY e.id DESC LIMIT :limit OFFSET :skip`,
    )
    .safeIntegers(false)
    .all({ ...which, teamId: input.teamId, limit: input.limit, skip: input.skip }) as {
    id: number;
    at: string;
    hash: string | null;
    message: string;
    api_key_id: number | null;
  }[];
  const items = rows.flatMap(({ at, message: stored, ...row }) => {
    const { text, message } = readStored(stored);
    return text === null || message === null ? [] : [{ ...row, at: new Date(at).toISOString(), text, message }];
  });
  return { items, total };
}

/**
 * Deletes an account with its management keys. Keys it listed are kept with their history but no longer watched, unless
 * `delete_usage` is set. Keys with a stored secret are not changed.
 * @throws NOT_FOUND
 */
export async function deleteAccount(
  app: App,
  input: Owned & { userId: number; delete_usage: "true" | "false"; origin: Origin },
): Promise<void> {
  const { teamId, id } = getOwnedAccount(app, input);
  const managers = await app.db.write((connection) => {
    const keys = connection
      .prepare("SELECT id, name, label, kind, key_encrypted IS NULL AS listed FROM api_keys WHERE account_id = ?")
      .safeIntegers(false)
      .all(id) as { id: number; name: string; label: string; kind: string | null; listed: number }[];
    const remove = connection.prepare("DELETE FROM api_keys WHERE id = ?");
    for (const key of keys) {
      const isManager = key.kind === "management";
      if (!isManager && !(key.listed === 1 && input.delete_usage === "true")) continue;
      if (!isManager) removeUsageOfKey(connection, { teamId, id: key.id });
      remove.run(key.id);
    }
    connection
      .prepare(
        `UPDATE api_keys SET is_active = 0, last_sync_error = NULL, watermark = NULL, polled_day = NULL, polled_nanos = NULL,
           polled_byok_day = NULL, polled_byok_nanos = NULL
         WHERE account_id = ? AND key_encrypted IS NULL`,
      )
      .run(id);
    removeBreakdownsOfAccount(connection, { teamId, id });
    connection.prepare("DELETE FROM openrouter_accounts WHERE id = ?").run(id);
    bumpDataVersion(connection, teamId);
    return keys.filter(({ kind }) => kind === "management");
  });
  for (const key of managers)
    await recordEvent(app, {
      userId: input.userId,
      teamId: input.teamId,
      message: message("event_key_removed", paramsOf(key)),
      origin: input.origin,
    });
}
