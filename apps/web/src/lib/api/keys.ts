import { serverNow } from "../format/clock.ts";
import { ALL_KEYS } from "../search/keys-search.ts";
import { type Key, type KeyName, trpc } from "./trpc.ts";

/** How often a page looks again while a first sync runs. */
export const FIRST_SYNC_POLL_MS = 4000;

/** A key that has said nothing for this long is not being synced for the first time any more. */
const FIRST_SYNC_MS = 5 * 60_000;

export const isFirstSync = (key: Key): boolean =>
  key.is_active &&
  !key.last_synced_at &&
  !key.last_sync_error &&
  key.status !== "invalid" &&
  serverNow() - Date.parse(key.created_at) < FIRST_SYNC_MS;

/** Id, name and kind of every key, newest first: of the few that came with the page, of many as soon as they are there. */
export function useKeyNames(isWanted = true): KeyName[] {
  const listed = trpc.keys.list.useQuery(ALL_KEYS, { enabled: isWanted }).data;
  const isPart = listed !== undefined && listed.total > listed.items.length;
  const named = trpc.keys.names.useQuery({}, { enabled: isWanted && isPart }).data;
  return (isPart ? named?.items : undefined) ?? listed?.items ?? [];
}

/** Call after anything that changes keys: lists and sums are fetched anew. */
export function useKeysChanged() {
  const utils = trpc.useUtils();
  return () => Promise.all([utils.keys.invalidate(), utils.stats.invalidate()]);
}
