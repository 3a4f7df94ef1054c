import { serverNow } from "../format/clock.ts";
import type { Key } from "./trpc.ts";

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
