import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import type { Origin } from "../rpc/principal.ts";
import { removeUsageOfKey } from "../usage/removal.ts";
import { paramsOf } from "./sent.ts";
import { notFound } from "./service.ts";
import { forgetCoverage } from "./stored.ts";

/** Deletes the key with its usage. @throws NOT_FOUND */
export async function deleteKey(app: App, input: { userId: number; id: number; origin: Origin }): Promise<void> {
  const deleted = await app.db.write((connection) => {
    const owned = connection
      .prepare("SELECT name, label FROM api_keys WHERE id = ? AND user_id = ? AND kind IS NOT 'residual'")
      .get(input.id, input.userId) as { name: string; label: string } | undefined;
    if (!owned) return null;
    // The account still has the key and would list it again.
    connection
      .prepare(
        `INSERT OR IGNORE INTO removed_keys (account_id, key_hash, name, label)
         SELECT account_id, key_hash, name, label FROM api_keys
         WHERE id = ? AND kind IS NOT 'management' AND account_id IS NOT NULL AND gone_at IS NULL`,
      )
      .run(input.id);
    removeUsageOfKey(connection, input);
    forgetCoverage(connection, { managedById: input.id });
    connection.prepare("DELETE FROM api_keys WHERE id = ?").run(input.id);
    return { id: input.id, name: owned.name, label: owned.label };
  });
  if (!deleted) throw notFound();
  await recordEvent(app, {
    userId: input.userId,
    message: message("event_key_removed", paramsOf(deleted)),
    origin: input.origin,
  });
}
