import { serverNow } from "../format/clock.ts";
import { ALL_KEYS } from "../search/keys-search.ts";
import { type Key, type KeyName, trpc } from "./trpc.ts";

/** Polling interval during a first sync. */
export const FIRST_SYNC_POLL_MS = 4000;

/** Maximum duration of a first sync without progress. */
const FIRST_SYNC_MS = 5 * 60_000;

export const isFirstSync = (key: Key): boolean =>
  key.is_active &&
  !key.last_synced_at &&
  !key.last_sync_error &&
  key.status !== "invalid" &&
  serverNow() - Date.parse(key.created_at) < FIRST_SYNC_MS;

/** ID, name and kind of every key, newest first. Few keys are loaded with the page, many later. */
export function useKeyNames(isWanted = true): KeyName[] {
  const listed = trpc.keys.list.useQuery(ALL_KEYS, { enabled: isWanted }).data;
  const isPart = listed !== undefined && listed.total > listed.items.length;
  const named = trpc.keys.names.useQuery({}, { enabled: isWanted && isPart }).data;
  return (isPart ? named?.items : undefined) ?? listed?.items ?? [];
}

/** Call after every change of keys: reloads lists and sums. */
export function useKeysChanged() {
  const utils = trpc.useUtils();
  return () => Promise.all([utils.keys.invalidate(), utils.stats.invalidate()]);
}
