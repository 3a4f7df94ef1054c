import type { ApiKey } from "@orwatch/db";
import { type Message, message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { goneChange } from "../../accounts/discovery.ts";
import { recordEvents } from "../../accounts/events.ts";
import { type Account, changeAccount, claimAccount, findAccount, noteListedWorkspaces } from "../../accounts/stored.ts";
import type { App } from "../../app.ts";
import { callerOf } from "../../keys/service.ts";
import { changeKey, listPresentOfAccount, listWatchedOfAccount, noteNotSynced } from "../../keys/stored.ts";
import type { Answer, Caller } from "../../openrouter/requests/request.ts";
import type { Workspace } from "../../openrouter/schema.ts";
import { usageNow } from "../../platform/clock.ts";
import { wrongDate } from "../analytics/completeness.ts";
import { type DueKey, needOf, orderDue } from "./due.ts";
import { notifyKeyChanges } from "./notify-key-changes.ts";
import { MAX_KEYS, type Page, recordListing } from "./record-listing.ts";

/** Result of listing all keys of an account. */
interface Listing {
  account: Account;
  /** Keys that OpenRouter has. */
  keys: number;
  /** Number of watched keys among them. */
  watched: number;
  /** Watched keys without a secret that need no further request. */
  synced: number;
  rowsWritten: number;
  /** Why the listing is not complete. */
  problem: Message | null;
}

/** Maximum number of keys missing from the list that are requested one by one, because a wrong list must not cause thousands of requests. */
const MAX_CONFIRMED = 50;

/**
 * Lists all keys of an account: adds new keys and records changes and the counters of keys without a secret, with one page per
 * transaction. A key that is missing in the list is requested by its hash before it counts as deleted.
 * @returns `null` if another management key lists the account, or it no longer exists
 */
export async function listAccount(
  app: App,
  { manager, caller: asked }: { manager: ApiKey; caller: Caller },
): Promise<Listing | null> {
  const began = app.clock.now();
  const spaces = await app.openRouter.listWorkspaces(asked);
  const defaultSpace = withheldBecause(spaces) ? await findDefaultSpace(app, asked) : null;
  const claimed = await app.db.write((connection) =>
    claimAccount(connection, manager, { spaces: spaces.ok ? spaces.data : null, defaultSpace, now: began }),
  );
  if (!claimed?.isLister) return null;
  const { account } = claimed;
  const caller = withLaneOfAccount(app, { manager, asked });
  const look = await readPages(app, { account, manager, caller, spaces });
  if (look === null) return null;
  const missing = look.problem === null ? await confirmMissing(app, { account, manager, caller, look, spaces }) : null;
  const problem = look.problem ?? missing;
  const part = partOf(look, spaces);
  await app.db.write((connection) => {
    const isFirst = account.lastListedAt === null && problem === null;
    const found = message("account_keys_found", { keys: look.hashes.size, workspaces: look.listed.size });
    changeAccount(connection, account, {
      ...(problem === null ? { lastListedAt: began } : {}),
      lastListError: problem === null ? part && storeMessage(part) : storeMessage(notListed(problem)),
    });
    if (isFirst)
      recordEvents(connection, { accountId: account.id, at: began, events: [{ keyHash: null, message: found }] });
    noteListedWorkspaces(connection, account.id, look.listed);
    notifyKeyChanges(connection, { accountId: account.id, now: began });
    if (problem !== null)
      noteNotSynced(connection, { ...ofAccount(account), problem: storeMessage(notListed(problem)), since: began });
  });
  return {
    account,
    keys: look.hashes.size,
    watched: countWatched(app, account.teamId, [...look.hashes]),
    synced: look.synced,
    rowsWritten: look.rowsWritten,
    problem,
  };
}

/** Why OpenRouter withholds the workspaces from this management key, if it does. Only the keys of the default one are listed then. */
export const withheldBecause = (spaces: Answer<Workspace[]>): Message | null =>
  !spaces.ok && (spaces.reason === "forbidden" || spaces.reason === "missing") ? spaces.problem : null;

/** The default workspace according to its keys, for an account whose workspaces are withheld; `null` without a key. */
export async function findDefaultSpace(app: App, caller: Caller): Promise<string | null> {
  for await (const page of app.openRouter.listKeyPages(caller, null)) {
    const spaces = new Set(page.ok ? page.data.map(({ workspaceId }) => workspaceId) : []);
    const [only = null] = spaces;
    return spaces.size === 1 ? only : null;
  }
  return null;
}

/** Why a successful listing does not contain all keys. */
function partOf(look: Look, spaces: Answer<Workspace[]>): Message | null {
  if (look.isFull) return message("account_too_many_keys", { limit: MAX_KEYS });
  const cause = withheldBecause(spaces);
  return cause && message("account_workspaces_not_listed", { cause });
}

/** The workspaces identify the account, so that only now it is known which lane its requests share. */
function withLaneOfAccount(app: App, { manager, asked }: { manager: ApiKey; asked: Caller }): Caller {
  const caller = callerOf(app, manager, asked.priority) ?? asked;
  app.openRouter.carryOver(asked.lane, caller.lane);
  return caller;
}

const notListed = (cause: Message) => message("account_not_listed", { cause });
const ofAccount = ({ id, teamId }: Account) => ({ accountId: id, teamId });

interface Look {
  hashes: Set<string>;
  /** Completely listed workspaces; `null` stands for the default one if OpenRouter did not return the workspaces. */
  listed: Set<string | null>;
  synced: number;
  rowsWritten: number;
  isFull: boolean;
  problem: Message | null;
}

async function readPages(
  app: App,
  input: { account: Account; manager: ApiKey; caller: Caller; spaces: Answer<Workspace[]> },
): Promise<Look | null> {
  const { account, manager, caller, spaces } = input;
  const look: Look = {
    hashes: new Set(),
    listed: new Set(),
    synced: 0,
    rowsWritten: 0,
    isFull: false,
    // If the workspaces cannot be read, only the default one is listed.
    problem: spaces.ok || withheldBecause(spaces) ? null : spaces.problem,
  };
  const workspaces = new Map((spaces.ok ? spaces.data : []).map(({ id, name, slug }) => [id, name ?? slug ?? id]));
  for (const workspaceId of spaces.ok ? workspaces.keys() : [null]) {
    let isWhole = true;
    for await (const page of app.openRouter.listKeyPages(caller, workspaceId)) {
      if (!page.ok) {
        look.problem ??= page.problem;
        isWhole = false;
        break;
      }
      const isDated = page.deviationMs === undefined;
      if (page.deviationMs !== undefined) look.problem ??= wrongDate(page.deviationMs);
      const keys = page.data;
      const done = await record(app, { account, manager, keys, workspaces, date: page.date, isDated });
      if (done === null) return null;
      for (const { hash } of keys) look.hashes.add(hash);
      look.synced += done.synced;
      look.rowsWritten += done.rowsWritten;
      look.isFull ||= done.isFull;
    }
    if (isWhole) look.listed.add(workspaceId);
    if (app.stopping.aborted) break;
  }
  return look;
}

const record = (app: App, page: Page) => app.db.write((connection) => recordListing(app, connection, page));

/** Requests the keys that were missing in the list one by one. @returns why this was not possible for all of them */
async function confirmMissing(
  app: App,
  input: { account: Account; manager: ApiKey; caller: Caller; look: Look; spaces: Answer<Workspace[]> },
): Promise<Message | null> {
  const { account, manager, caller, look, spaces } = input;
  const workspaces = new Map((spaces.ok ? spaces.data : []).map(({ id, name, slug }) => [id, name ?? slug ?? id]));
  const missing = listPresentOfAccount(app, account.id).filter(({ keyHash }) => !look.hashes.has(keyHash));
  for (const key of missing.slice(0, MAX_CONFIRMED)) {
    if (app.stopping.aborted) break;
    const found = await app.openRouter.findKey(caller, key.keyHash);
    if (found.ok) {
      const isDated = found.deviationMs === undefined;
      await record(app, { account, manager, keys: [found.data], workspaces, date: found.date, isDated });
      look.hashes.add(key.keyHash);
    } else if (found.reason === "missing") await noteGone(app, account, key);
    else return found.problem;
  }
  return null;
}

/** Marks a key of an account as deleted at OpenRouter. Its history is kept. */
export async function noteGone(app: App, account: Account, key: ApiKey): Promise<void> {
  const now = app.clock.now();
  const deleted = message("account_key_deleted", { key: key.nameAtOpenRouter ?? key.name });
  await app.db.write((connection) => {
    changeKey(connection, key, goneChange(key, now));
    recordEvents(connection, {
      accountId: account.id,
      at: now,
      events: [{ keyHash: key.keyHash, message: deleted }],
      areNotified: true,
    });
  });
}

const countWatched = (app: App, teamId: number, hashes: string[]): number =>
  Number(
    app.db.reader
      .prepare(
        "SELECT count(*) FROM api_keys WHERE team_id = ? AND is_active AND key_hash IN (SELECT value FROM json_each(?))",
      )
      .pluck()
      .get(teamId, JSON.stringify(hashes)),
  );

/** The queries for the keys of an account after listing, in order. */
export function listDue(app: App, accountId: number): DueKey[] {
  const input = { now: usageNow(app.clock), intervalMinutes: app.config.syncIntervalMinutes };
  return orderDue(
    listWatchedOfAccount(app, accountId).flatMap((key) => {
      const need = needOf(key, input);
      return need === null ? [] : [{ ...key, need }];
    }),
  );
}

/** Stores at an account and its keys why its management key cannot be used, until it works again. */
export async function noteStopped(app: App, accountId: number, problem: Message): Promise<void> {
  const account = findAccount(app, accountId);
  if (account === null) return;
  const stored = storeMessage(problem);
  await app.db.write((connection) => {
    if (account.lastListError !== stored) changeAccount(connection, account, { lastListError: stored });
    noteNotSynced(connection, { ...ofAccount(account), problem: stored, since: app.clock.now() });
    notifyKeyChanges(connection, { accountId, now: app.clock.now() });
  });
}

/** Message at an account whose management key cannot be used. */
export const stoppedBy = (manager: Pick<ApiKey, "status">, cause: Message): Message =>
  manager.status === "invalid" ? message("account_without_management_key", {}) : notListed(cause);
