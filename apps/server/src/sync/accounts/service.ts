import { type Message, message } from "@orwatch/messages/message";
import type { AccountOutput } from "../../accounts/schema.ts";
import { getAccount, getOwnedAccount } from "../../accounts/service.ts";
import {
  type Account,
  changeAccount,
  ensureAccount,
  findAccountByIdentity,
  listWorkspaceNames,
  replaceLister,
} from "../../accounts/stored.ts";
import { replaceRuleKey } from "../../alerts/service.ts";
import type { App } from "../../app.ts";
import { storeKey } from "../../keys/add.ts";
import { callerOf, callerOfNew, getOwned, notFound, updateKey } from "../../keys/service.ts";
import { findKey, findKeysByHash, listPresentOfAccount } from "../../keys/stored.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import type { SyncOutput } from "../schema.ts";
import { addKey, syncKeyNow, syncLater } from "../service.ts";
import { findDefaultSpace, withheldBecause } from "./list-account.ts";
import { MAX_KEYS, recordListing } from "./record-listing.ts";

interface Owned {
  teamId: number;
  id: number;
}

const checkFailed = (cause: Message) => new AppError("BAD_GATEWAY", message("key_check_failed", { cause }));

/** IDs of the workspaces of a management key; only of the default one, or none, if OpenRouter withholds them. @throws BAD_GATEWAY */
async function listSpaces(app: App, secret: string): Promise<string[]> {
  const caller = callerOfNew(secret);
  const spaces = await app.openRouter.listWorkspaces(caller);
  if (spaces.ok) return spaces.data.map(({ id }) => id);
  if (!withheldBecause(spaces)) throw checkFailed(spaces.problem);
  const id = await findDefaultSpace(app, caller);
  return id === null ? [] : [id];
}

/** Number of keys of an account that are looked up: some may have been deleted at OpenRouter. */
const LOOKED_UP = 3;

/** Whether a management key is of the account: by the default workspace, or by a key of it as long as that is unknown. @throws BAD_GATEWAY */
async function sharesAccount(app: App, account: Account, secret: string): Promise<boolean> {
  const spaces = await listSpaces(app, secret);
  if (account.identity !== null) return spaces.includes(account.identity);
  const keys = listPresentOfAccount(app, account.id);
  for (const { keyHash } of keys.slice(0, LOOKED_UP)) {
    const found = await app.openRouter.findKey(callerOfNew(secret), keyHash);
    if (found.ok) return true;
    if (found.reason !== "missing" && found.reason !== "forbidden") throw checkFailed(found.problem);
  }
  return keys.length === 0;
}

/** @throws as `storeKey`, BAD_REQUEST if it is not a management key, CONFLICT if the account was already added, BAD_GATEWAY */
export async function addAccount(
  app: App,
  input: { userId: number; teamId: number; name: string; key: string; origin: Origin },
): Promise<AccountOutput> {
  const { teamId } = input;
  let known: Account | null = null;
  const stored = await addKey(app, {
    ...input,
    kind: "management",
    async beforeStored() {
      known = findAccountByIdentity(app, teamId, await listSpaces(app, input.key));
      // An account without a management key gets this one.
      if (known && known.managementKeyId !== null)
        throw new AppError("CONFLICT", message("account_already_added", { account: known.name }));
    },
    onStored(connection, key) {
      if (!known) return void ensureAccount(connection, key, app.clock.now());
      changeAccount(connection, known, { name: input.name });
      replaceLister(connection, known, key.id);
    },
  });
  const id = findKey(app, stored.id)?.accountId;
  if (!id) throw notFound();
  return getAccount(app, { teamId, id });
}

/**
 * Replaces the management key of an account.
 * @throws NOT_FOUND, as `storeKey`, BAD_REQUEST if it is not a management key, CONFLICT if it belongs to another account, BAD_GATEWAY
 */
export async function replaceManagementKey(
  app: App,
  input: Owned & { userId: number; key: string; origin: Origin },
): Promise<AccountOutput> {
  const account = getOwnedAccount(app, input);
  const stored = await storeKey(app, {
    userId: input.userId,
    teamId: input.teamId,
    name: account.name,
    key: input.key,
    origin: input.origin,
    kind: "management",
    async beforeStored() {
      if (!(await sharesAccount(app, account, input.key)))
        throw new AppError("CONFLICT", message("account_of_other_key", {}));
    },
    onStored(connection, key) {
      const from = account.managementKeyId;
      if (from !== null) replaceRuleKey(connection, { teamId: input.teamId, from, to: { id: key.id, name: key.name } });
      replaceLister(connection, account, key.id);
    },
  });
  syncLater(app, stored.id);
  return getAccount(app, input);
}

/** @throws NOT_FOUND, CONFLICT if the account has no management key, or it is turned off */
export async function syncAccountNow(app: App, input: Owned): Promise<SyncOutput> {
  const account = getOwnedAccount(app, input);
  if (account.managementKeyId === null) throw new AppError("CONFLICT", message("account_without_management_key", {}));
  return syncKeyNow(app, { teamId: input.teamId, id: account.managementKeyId });
}

/**
 * Starts or stops watching a key of an account, or renames it. A key that was deleted from orwatch is restored with its data from OpenRouter.
 * @throws NOT_FOUND, CONFLICT if the account has too many keys, BAD_GATEWAY
 */
export async function setAccountKey(
  app: App,
  input: Owned & {
    userId: number;
    origin: Origin;
    hash: string;
    is_watched?: boolean | undefined;
    name?: string | undefined;
  },
) {
  const account = getOwnedAccount(app, input);
  const { teamId, hash } = input;
  const find = () => findKeysByHash(app.db.reader, teamId, [hash]).get(hash);
  const before = find();
  const isOfAccount = before?.accountId === account.id && before.kind !== "management";
  if (!isOfAccount) await restoreKey(app, { account, hash, mayExist: input.is_watched === true });
  const key = isOfAccount ? before : find();
  if (!key) throw notFound();
  const isWatched = input.is_watched ?? key.isActive;
  const { userId, origin } = input;
  await updateKey(app, { userId, teamId, origin, id: key.id, name: input.name, is_active: isWatched });
  if (isWatched && (!key.isActive || !isOfAccount)) syncLater(app, key.id);
  return { ok: true as const, api_key_id: (await getOwned(app, { teamId, id: key.id })).id };
}

async function restoreKey(
  app: App,
  { account, hash, mayExist }: { account: Account; hash: string; mayExist: boolean },
): Promise<void> {
  const removed = app.db.reader
    .prepare("SELECT 1 FROM removed_keys WHERE account_id = ? AND key_hash = ?")
    .get(account.id, hash);
  const manager = account.managementKeyId === null ? null : findKey(app, account.managementKeyId);
  if (!removed || !mayExist || !manager) throw notFound();
  const caller = callerOf(app, manager, "person");
  if (!caller) throw notFound();
  const found = await app.openRouter.findKey(caller, hash);
  if (!found.ok && found.reason === "missing") throw notFound();
  if (!found.ok) throw new AppError("BAD_GATEWAY", message("key_check_failed", { cause: found.problem }));
  const isDated = found.deviationMs === undefined;
  await app.db.write((connection) => {
    connection.prepare("DELETE FROM removed_keys WHERE account_id = ? AND key_hash = ?").run(account.id, hash);
    const workspaces = listWorkspaceNames(connection, account.id);
    const listed = recordListing(app, connection, {
      account,
      manager,
      keys: [found.data],
      workspaces,
      date: found.date,
      isDated,
      isRestored: true,
    });
    if (listed?.isFull) throw new AppError("CONFLICT", message("account_too_many_keys", { limit: MAX_KEYS }));
  });
}
