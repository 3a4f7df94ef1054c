import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import type { Origin } from "../rpc/principal.ts";
import { detailOf } from "./sent.ts";
import { notFound } from "./service.ts";

/** Deletes the key with its usage. @throws NOT_FOUND */
export async function deleteKey(app: App, input: { userId: number; id: number; origin: Origin }): Promise<void> {
  const deleted = await app.db.write((connection) => {
    const owned = connection
      .prepare("SELECT name, label FROM api_keys WHERE id = ? AND user_id = ?")
      .get(input.id, input.userId) as { name: string; label: string } | undefined;
    if (!owned) return null;
    connection.prepare(TAKE_OUT_OF_ROLL_UP).run({ userId: input.userId, id: input.id });
    connection.prepare("DELETE FROM usage_models WHERE user_id = ? AND rows = 0").run(input.userId);
    connection.prepare("UPDATE api_keys SET cover_checked_at = NULL WHERE managed_by_id = ?").run(input.id);
    connection.prepare("DELETE FROM api_keys WHERE id = ?").run(input.id);
    connection.prepare("UPDATE users SET data_version = data_version + 1 WHERE id = ?").run(input.userId);
    return { id: input.id, name: owned.name, label: owned.label };
  });
  if (!deleted) throw notFound();
  await recordEvent(app, {
    userId: input.userId,
    kind: "key_removed",
    origin: input.origin,
    detail: detailOf(deleted),
  });
}

const TAKE_OUT_OF_ROLL_UP = `
  UPDATE usage_models AS m SET
    cost = m.cost - s.cost,
    byok_cost = m.byok_cost - s.byok_cost,
    requests = m.requests - coalesce(s.requests_count, 0),
    tokens_input = m.tokens_input - coalesce(s.tokens_input, 0),
    tokens_output = m.tokens_output - coalesce(s.tokens_output, 0),
    counted_cost = m.counted_cost - iif(s.requests_count IS NULL, 0, s.cost),
    counted_rows = m.counted_rows - (s.requests_count IS NOT NULL),
    rows = m.rows - 1
  FROM usage_stats s
  WHERE s.api_key_id = :id AND m.user_id = :userId AND m.date = s.date AND m.model = s.model`;
