import { formatNanos } from "@orwatch/domain/money";
import type { z } from "zod";
import type { App } from "../app.ts";
import { keysOf, nameOf, RULE_COLUMNS, type StoredRule, termsOf } from "./rule.ts";
import { definitionOf } from "./rules/index.ts";
import type { thresholdsOutput } from "./schema.ts";

/** Amounts of active rules that a chart of all keys, or of one key, can draw. */
export function listThresholds(
  app: App,
  { teamId, keyId }: { teamId: number; keyId: number | null },
): z.infer<typeof thresholdsOutput> {
  const rows = app.db.reader
    .prepare<[number], StoredRule>(
      `SELECT ${RULE_COLUMNS} FROM alert_rules r WHERE r.team_id = ? AND r.is_active ORDER BY r.id`,
    )
    .all(teamId);
  return {
    items: rows.flatMap((row) => {
      const { kind, ...terms } = termsOf(row);
      const line = definitionOf(kind).line?.(terms);
      if (!line || !isAbout(keysOf(row), { keyId, eachKey: line.eachKey })) return [];
      return [{ rule_id: row.id, name: nameOf(row), value_usd: formatNanos(line.amount), per: line.per }];
    }),
  };
}

/** Whether the compared spend is exactly that of the key, or of all keys without one. */
function isAbout(
  keys: { id: number }[] | null,
  { keyId, eachKey }: { keyId: number | null; eachKey: boolean },
): boolean {
  if (keyId === null) return keys === null && !eachKey;
  if (eachKey) return keys === null || keys.some(({ id }) => id === keyId);
  return keys?.length === 1 && keys[0]?.id === keyId;
}
