-- Events of the activity log become messages (code and parameters as JSON), like everything else that is rendered in the reader's
-- language. What does not have the parameters of its code is kept as legacy_text.
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_audit_events" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,
    "message" TEXT NOT NULL,
    "fold" TEXT,
    "count" INTEGER NOT NULL DEFAULT 1,
    "last_at" DATETIME NOT NULL,
    CONSTRAINT "audit_events_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_audit_events" ("id", "user_id", "at", "kind", "actor", "address", "user_agent", "message", "fold", "count", "last_at")
SELECT "id", "user_id", "at", "kind", "actor", "address", "user_agent",
  CASE
    WHEN NOT json_valid("detail") THEN json_object('code', 'legacy_text', 'params', json_object('text', "kind"))
    WHEN "kind" IN ('account_opened', 'logged_in', 'log_in_failed', 'second_factor_failed', 'logged_out', 'reauthenticated',
        'password_check_failed', 'password_changed', 'password_reset', 'second_factor_enabled', 'second_factor_disabled',
        'recovery_code_used', 'recovery_codes_renewed', 'session_ended', 'data_exported', 'account_switched_off',
        'account_switched_on', 'made_administrator')
      THEN json_object('code', 'event_' || "kind", 'params', json('{}'))
    WHEN "kind" = 'sessions_ended'
      THEN json_object('code', 'event_sessions_ended', 'params', json_object('ended', "detail" ->> 'ended'))
    WHEN "kind" IN ('key_added', 'key_removed', 'key_sent')
        AND "detail" ->> 'api_key_id' IS NOT NULL AND "detail" ->> 'name' IS NOT NULL AND "detail" ->> 'label' IS NOT NULL
      THEN json_object('code', 'event_' || "kind", 'params', json("detail"))
    WHEN "kind" IN ('api_token_issued', 'api_token_revoked')
        AND "detail" ->> 'api_token_id' IS NOT NULL AND "detail" ->> 'name' IS NOT NULL
      THEN json_object('code', 'event_' || "kind", 'params', json("detail"))
    WHEN "kind" IN ('channel_added', 'channel_changed', 'channel_removed')
        AND "detail" ->> 'channel_id' IS NOT NULL AND "detail" ->> 'name' IS NOT NULL AND "detail" ->> 'kind' IS NOT NULL
      THEN json_object('code', 'event_' || "kind", 'params', json("detail"))
    WHEN "kind" IN ('user_switched_off', 'user_switched_on', 'user_sessions_ended')
        AND "detail" ->> 'user_id' IS NOT NULL AND "detail" ->> 'email' IS NOT NULL
      THEN json_object('code', 'event_' || "kind", 'params', json("detail"))
    WHEN "kind" = 'job_started' AND "detail" ->> 'job' IN ('sync', 'validate', 'alerts', 'digest', 'cleanup', 'backup')
      THEN json_object('code', 'event_job_started', 'params', json("detail"))
    ELSE json_object('code', 'legacy_text', 'params', json_object('text', replace("kind", '_', ' ')))
  END,
  "fold", "count", "last_at" FROM "audit_events";
DROP TABLE "audit_events";
ALTER TABLE "new_audit_events" RENAME TO "audit_events";
CREATE INDEX "audit_events_user_id_last_at_idx" ON "audit_events"("user_id", "last_at");
CREATE INDEX "audit_events_last_at_idx" ON "audit_events"("last_at");
CREATE UNIQUE INDEX "audit_events_user_id_fold_key" ON "audit_events"("user_id", "fold");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
