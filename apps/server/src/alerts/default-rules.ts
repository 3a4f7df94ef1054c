import type { App } from "../app.ts";
import { storedInstant } from "../platform/clock.ts";
import { nameOf } from "./rule.ts";
import { formatTerms, RULES, type Terms } from "./rules/index.ts";

const DEFAULT_TERMS = RULES.flatMap(({ kind, defaultRule }) =>
  defaultRule === null ? [] : [{ kind, ...defaultRule } as Terms],
);

/** Creates the default rules of a team that has a key, once: they do not come back after they were deleted. */
export async function createDefaultRules(app: App, teamId: number): Promise<void> {
  const isDue = app.db.reader
    .prepare(
      `SELECT 1 FROM api_keys WHERE team_id = @teamId
         AND EXISTS (SELECT 1 FROM teams WHERE id = @teamId AND default_rules_created_at IS NULL) LIMIT 1`,
    )
    .get({ teamId });
  if (!isDue) return;
  const at = storedInstant(app.clock.now());
  await app.db.write((connection) => {
    const { changes } = connection
      .prepare("UPDATE teams SET default_rules_created_at = ? WHERE id = ? AND default_rules_created_at IS NULL")
      .run(at, teamId);
    if (Number(changes) === 0) return;
    const insert = connection.prepare(
      "INSERT INTO alert_rules (team_id, name, has_default_name, kind, terms, created_at, updated_at) VALUES (?, ?, 1, ?, ?, ?, ?)",
    );
    for (const terms of DEFAULT_TERMS) {
      const name = nameOf({ name: "", kind: terms.kind, has_default_name: 1 });
      insert.run(teamId, name, terms.kind, formatTerms(terms), at, at);
    }
  });
}
