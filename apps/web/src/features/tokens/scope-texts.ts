import type { Scope } from "@orwatch/domain/permissions";
import type { TextsOf } from "../../lib/i18n/i18n.ts";

/** Name of a scope, and what it allows. */
export function scopeTexts(scope: Scope, t: TextsOf<"tokens">): { name: string; hint: string } {
  const { scopes } = t.tokens;
  if (scope === "sync") return { name: scopes.sync, hint: scopes.syncHint };
  if (scope === "keys:write") return { name: scopes.writeKeys, hint: scopes.writeKeysHint };
  return { name: scopes.read, hint: scopes.readHint };
}
