import type { Connection } from "@orwatch/db";

/** Replaces a key in all rules that apply to it, inside the caller's transaction. */
export function replaceRuleKey(
  connection: Connection,
  input: { userId: number; from: number; to: { id: number; name: string } },
): void {
  connection
    .prepare(
      `UPDATE alert_rules SET keys = (
         SELECT json_group_array(json(iif(value ->> 'id' = :from, json_object('id', :id, 'name', :name), value))) FROM json_each(keys))
       WHERE user_id = :userId AND keys IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(keys) WHERE value ->> 'id' = :from)`,
    )
    .run({ userId: input.userId, from: input.from, ...input.to });
}
