import type { ApiKey } from "@orwatch/db";
import { type Message, message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { hasSecret } from "../keys/service.ts";
import { type KeyChange, type NewKey, UNREAD } from "../keys/stored.ts";
import { counterColumns, hasGrown } from "../keys/validation/key-status.ts";
import type { ListedKey } from "../openrouter/schema.ts";

/** A key as listed by its account. */
export interface SeenKey {
  listed: ListedKey;
  /** Name of its workspace; `null` if unknown. */
  workspaceName: string | null;
  accountId: number;
  /** The management key that listed it. */
  manager: Pick<ApiKey, "id" | "account">;
  /** By OpenRouter's clock. */
  readAt: Date;
  now: Date;
}

const HASH = /^[0-9a-f]{64}$/;
const SECRET = /sk-or-v1-[\w-]{16,}/g;
const MAX_NAME = 100;

/** Whether a row of the list has a valid hash and can be used as a key. */
export const isListable = (listed: ListedKey): boolean => HASH.test(listed.hash);

/** Sanitizes text from OpenRouter that is shown: it must not contain a whole secret that someone typed there. */
export const shown = (text: string | null, fallback: string, max = MAX_NAME): string =>
  (text ?? "").replace(SECRET, "sk-or-v1-…").trim().slice(0, max) || fallback;

const labelOf = ({ hash, label }: ListedKey): string => shown(label, `${hash.slice(0, 8)}…`);
export const nameOf = (listed: ListedKey): string => shown(listed.name, labelOf(listed));

/** Columns from the list, for all keys. */
function placeOf({ listed, workspaceName, accountId }: SeenKey) {
  return {
    accountId,
    workspaceId: listed.workspaceId,
    workspaceName,
    nameAtOpenRouter: nameOf(listed),
    createdAtOpenRouter: listed.createdAt,
    disabledAtOpenRouter: listed.isDisabled,
    goneAt: null,
  };
}

/** Why the key cannot be used; `null` if it can. */
function unusableReason({ listed, now }: SeenKey): Message | null {
  if (listed.isDisabled) return message("key_disabled", {});
  const { expiresAt } = listed;
  return expiresAt !== null && expiresAt <= now ? message("key_expired_at", { at: expiresAt.toISOString() }) : null;
}

/** Columns from the list for a key without a stored secret, which has no other source. */
function stateOf(seen: SeenKey): KeyChange {
  const { listed, manager, readAt } = seen;
  const reason = unusableReason(seen);
  return {
    kind: "inference",
    label: labelOf(listed),
    account: manager.account,
    managedById: manager.id,
    status: reason === null ? "valid" : "invalid",
    statusMessage: reason && storeMessage(reason),
    expiresAt: listed.expiresAt,
    ...(listed.counters ? counterColumns(listed.counters, readAt) : {}),
  };
}

/** A new key. */
export function newKeyOf(seen: SeenKey, { teamId, isWatched }: { teamId: number; isWatched: boolean }): NewKey {
  const { listed, now } = seen;
  return {
    ...placeOf(seen),
    ...stateOf(seen),
    teamId,
    name: nameOf(listed),
    label: labelOf(listed),
    keyHash: listed.hash,
    source: "discovered",
    isActive: isWatched,
    createdAt: now,
    lastValidatedAt: now,
    coverCheckedAt: now,
  };
}

/** Changes of a stored key and its events since the last listing (pure). For a key without a secret, counters come from the list. */
export function compareListed(
  before: ApiKey,
  seen: SeenKey,
  { watch }: { watch: "all" | "selected" },
): { change: KeyChange; events: Message[] } {
  const change: KeyChange = placeOf(seen);
  const events = eventsOf(before, seen);
  if (hasSecret(before)) {
    if (before.managedById === null) change.managedById = seen.manager.id;
    if (before.managedById === null || before.managedById === seen.manager.id) change.coverCheckedAt = seen.now;
    return { change: onlyChanges(before, change), events };
  }
  Object.assign(change, stateOf(seen));
  // Its account was deleted from orwatch and added again.
  if (before.accountId === null) change.isActive = watch === "all";
  if (before.name === before.nameAtOpenRouter) change.name = nameOf(seen.listed);
  const { usage = null, byok = null } = seen.listed.counters ?? {};
  if (hasGrown(before.usageNanos, usage) || hasGrown(before.byokNanos, byok?.usage ?? null))
    change.lastUsedAt = seen.now;
  if (change.status === "invalid") {
    // The time of rejection is known only if the key worked before.
    if (before.status === "valid") change.firstRejectedAt = seen.now;
  } else change.firstRejectedAt = null;
  return { change: onlyChanges(before, change), events };
}

const isSame = (a: unknown, b: unknown): boolean =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;

/** The time at which counters were read changes with every listing and is not a change of the key. */
const onlyChanges = (before: ApiKey, change: KeyChange): KeyChange =>
  Object.fromEntries(
    Object.entries(change).filter(
      ([name, value]) => name !== "countersAt" && !isSame(before[name as keyof ApiKey], value),
    ),
  );

function eventsOf(before: ApiKey, { listed, workspaceName }: SeenKey): Message[] {
  const events: Message[] = [];
  const key = nameOf(listed);
  if (before.goneAt !== null) events.push(message("account_key_restored", { key }));
  // Before the first listing there is nothing to compare with.
  const { nameAtOpenRouter, workspaceId } = before;
  if (nameAtOpenRouter === null) return events;
  if (nameAtOpenRouter !== key) events.push(message("account_key_renamed", { key, before: nameAtOpenRouter }));
  if (before.disabledAtOpenRouter !== listed.isDisabled)
    events.push(message(listed.isDisabled ? "account_key_disabled" : "account_key_enabled", { key }));
  if (workspaceId !== null && listed.workspaceId !== null && workspaceId !== listed.workspaceId)
    events.push(
      message("account_key_moved", {
        key,
        workspace: workspaceName ?? listed.workspaceId,
        before: before.workspaceName ?? workspaceId,
      }),
    );
  return [...events, ...limitEvents(before, key, listed)];
}

function limitEvents(before: ApiKey, key: string, { counters }: ListedKey): Message[] {
  if (counters === null || counters.hasLimit === null || before.hasLimit === null) return [];
  if (counters.hasLimit === before.hasLimit && counters.limit === before.limitNanos) return [];
  const text = (nanos: bigint | null) => (nanos === null ? null : String(nanos));
  return [message("account_key_limit_changed", { key, limit: text(counters.limit), before: text(before.limitNanos) })];
}

/** Changes of a stored key that was deleted at OpenRouter. */
export const goneChange = (before: ApiKey, now: Date): KeyChange =>
  hasSecret(before)
    ? { ...UNREAD, goneAt: now, managedById: null, coverCheckedAt: now }
    : {
        ...UNREAD,
        goneAt: now,
        managedById: null,
        coverCheckedAt: now,
        status: "invalid",
        statusMessage: storeMessage(message("openrouter_key_deleted", {})),
        lastSyncError: null,
        ...(before.status === "valid" ? { firstRejectedAt: now } : {}),
      };
