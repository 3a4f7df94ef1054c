import type { ApiKey } from "@orwatch/db";
import type { App } from "../../app.ts";
import { callerOf } from "../../keys/service.ts";
import { changeKey, type KeyChange, UNREAD } from "../../keys/stored.ts";
import type { Priority } from "../../openrouter/requests/pace.ts";
import type { Caller } from "../../openrouter/requests/request.ts";
import { isWithin } from "../../platform/clock.ts";

/** Coverage is checked again after this time. */
const RECHECK_MS = 24 * 3_600_000;

/** The management key that covers a key, with its credential. */
interface Cover {
  manager: ApiKey;
  caller: Caller;
}

/**
 * The management key of the same team whose account has this key: the known one if it was checked recently, otherwise each is tried. A key that
 * its account no longer has is marked as deleted; its history is kept.
 */
export async function findCoveringKey(
  app: App,
  input: { key: ApiKey; managers: ApiKey[]; priority: Priority },
): Promise<Cover | null> {
  const { key, managers, priority } = input;
  const usable = managers.filter((manager) => manager.status !== "invalid");
  const known = usable.find((manager) => manager.id === key.managedById);
  const isFresh = isWithin(key.coverCheckedAt, RECHECK_MS, app.clock.now());
  if (isFresh && (known || key.managedById === null || usable.length === 0))
    return known ? coveredBy(app, known, priority) : null;
  // The known one first: its response decides whether the key was deleted.
  let isKnownLocked = false;
  for (const manager of [...(known ? [known] : []), ...usable.filter((candidate) => candidate !== known)]) {
    const cover = coveredBy(app, manager, priority);
    if (!cover) {
      isKnownLocked ||= manager === known;
      continue;
    }
    const found = await app.openRouter.findKey(cover.caller, key.keyHash);
    if (found.ok) {
      await saveCoverage(app, key, { managedById: manager.id, goneAt: null });
      return cover;
    }
    if (found.reason !== "missing" && manager === known) return cover;
    if (found.reason !== "missing") return null;
    if (manager === known) await saveCoverage(app, key, { ...UNREAD, managedById: null, goneAt: app.clock.now() });
  }
  // The coverage of a management key that cannot be decrypted is unknown.
  if (isKnownLocked) return null;
  await saveCoverage(app, key, known || key.managedById === null ? { managedById: null } : {});
  return null;
}

function coveredBy(app: App, manager: ApiKey, priority: Priority): Cover | null {
  const caller = callerOf(app, manager, priority);
  return caller && { manager, caller };
}

async function saveCoverage(
  app: App,
  key: ApiKey,
  change: Pick<KeyChange, "managedById" | "goneAt" | "watermark">,
): Promise<void> {
  await app.db.write((connection) => changeKey(connection, key, { ...change, coverCheckedAt: app.clock.now() }));
}
