-- Teams own OpenRouter accounts, keys, usage, API tokens, rules, channels, forecasts and notifications. Every user gets a personal
-- team with their own ID and everything they had: encrypted values are bound to the ID of the owner, which stays the same.
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;

-- A recreated table counts from its highest ID. IDs of deleted rows must not be used again.
CREATE TABLE "kept_sequences" AS SELECT "name", "seq" FROM "sqlite_sequence";

CREATE TABLE "teams" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "personal_user_id" INTEGER,
    "data_version" INTEGER NOT NULL DEFAULT 0,
    "max_per_day" INTEGER NOT NULL DEFAULT 20,
    "default_rules_created_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "teams_personal_user_id_fkey" FOREIGN KEY ("personal_user_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE TABLE "memberships" (
    "team_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,

    PRIMARY KEY ("team_id", "user_id"),
    CONSTRAINT "memberships_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

CREATE TABLE "notification_reads" (
    "notification_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "read_at" DATETIME NOT NULL,

    PRIMARY KEY ("notification_id", "user_id"),
    CONSTRAINT "notification_reads_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notifications" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "notification_reads_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

INSERT INTO "teams" ("id", "name", "personal_user_id", "data_version", "max_per_day", "default_rules_created_at", "created_at")
SELECT u."id", u."email", u."id", u."data_version", coalesce(s."max_per_day", 20), s."default_rules_created_at", u."created_at"
FROM "users" u LEFT JOIN "alert_settings" s ON s."user_id" = u."id";
INSERT INTO "memberships" ("team_id", "user_id", "role", "created_at") SELECT "id", "id", 'owner', "created_at" FROM "users";
INSERT INTO "notification_reads" ("notification_id", "user_id", "read_at")
SELECT "id", "user_id", "read_at" FROM "notifications" WHERE "read_at" IS NOT NULL;

CREATE TABLE "new_alert_rules" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "has_default_name" BOOLEAN NOT NULL DEFAULT false,
    "kind" TEXT NOT NULL,
    "terms" TEXT NOT NULL,
    "keys" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "snoozed_until" DATETIME,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "alert_rules_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_alert_rules" ("team_id", "created_at", "has_default_name", "id", "is_active", "keys", "kind", "name", "snoozed_until", "terms", "updated_at")
SELECT "user_id", "created_at", "has_default_name", "id", "is_active", "keys", "kind", "name", "snoozed_until", "terms", "updated_at" FROM "alert_rules";
DROP TABLE "alert_rules";
ALTER TABLE "new_alert_rules" RENAME TO "alert_rules";
CREATE INDEX "alert_rules_team_id_idx" ON "alert_rules"("team_id");
CREATE TABLE "new_alert_settings" (
    "user_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "quiet_from" INTEGER,
    "quiet_to" INTEGER,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "snoozed_until" DATETIME,
    CONSTRAINT "alert_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_alert_settings" ("quiet_from", "quiet_to", "snoozed_until", "time_zone", "user_id") SELECT "quiet_from", "quiet_to", "snoozed_until", "time_zone", "user_id" FROM "alert_settings";
DROP TABLE "alert_settings";
ALTER TABLE "new_alert_settings" RENAME TO "alert_settings";
CREATE TABLE "new_api_keys" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "key_encrypted" TEXT,
    "key_hash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT,
    "source" TEXT NOT NULL DEFAULT 'pasted',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "status" TEXT NOT NULL DEFAULT 'unverified',
    "status_message" TEXT,
    "rejections" INTEGER NOT NULL DEFAULT 0,
    "first_rejected_at" DATETIME,
    "managed_by_id" INTEGER,
    "cover_checked_at" DATETIME,
    "gone_at" DATETIME,
    "account" TEXT,
    "account_id" INTEGER,
    "workspace_id" TEXT,
    "workspace_name" TEXT,
    "name_at_openrouter" TEXT,
    "created_at_openrouter" DATETIME,
    "disabled_at_openrouter" BOOLEAN NOT NULL DEFAULT false,
    "queried_nanos" BIGINT,
    "queried_byok_nanos" BIGINT,
    "counters_at" DATETIME,
    "has_limit" BOOLEAN,
    "limit_nanos" BIGINT,
    "limit_remaining_nanos" BIGINT,
    "limit_reset" TEXT,
    "include_byok_in_limit" BOOLEAN,
    "usage_nanos" BIGINT,
    "usage_daily_nanos" BIGINT,
    "usage_weekly_nanos" BIGINT,
    "usage_monthly_nanos" BIGINT,
    "byok_nanos" BIGINT,
    "byok_daily_nanos" BIGINT,
    "byok_weekly_nanos" BIGINT,
    "byok_monthly_nanos" BIGINT,
    "is_free_tier" BOOLEAN,
    "credits_total_nanos" BIGINT,
    "credits_used_nanos" BIGINT,
    "expires_at" DATETIME,
    "polled_day" TEXT,
    "polled_nanos" BIGINT,
    "restated_nanos" BIGINT NOT NULL DEFAULT 0,
    "polled_byok_day" TEXT,
    "polled_byok_nanos" BIGINT,
    "restated_byok_nanos" BIGINT NOT NULL DEFAULT 0,
    "watermark" TEXT,
    "month_resynced_on" TEXT,
    "year_resynced_on" TEXT,
    "complete_through" TEXT,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" DATETIME,
    "last_validated_at" DATETIME,
    "last_synced_at" DATETIME,
    "last_sync_error" TEXT,
    CONSTRAINT "api_keys_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "api_keys_managed_by_id_fkey" FOREIGN KEY ("managed_by_id") REFERENCES "api_keys" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "api_keys_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "openrouter_accounts" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_api_keys" ("team_id", "account", "account_id", "byok_daily_nanos", "byok_monthly_nanos", "byok_nanos", "byok_weekly_nanos", "complete_through", "counters_at", "cover_checked_at", "created_at", "created_at_openrouter", "credits_total_nanos", "credits_used_nanos", "description", "disabled_at_openrouter", "expires_at", "first_rejected_at", "gone_at", "has_limit", "id", "include_byok_in_limit", "is_active", "is_free_tier", "key_encrypted", "key_hash", "kind", "label", "last_sync_error", "last_synced_at", "last_used_at", "last_validated_at", "limit_nanos", "limit_remaining_nanos", "limit_reset", "managed_by_id", "month_resynced_on", "name", "name_at_openrouter", "polled_byok_day", "polled_byok_nanos", "polled_day", "polled_nanos", "queried_byok_nanos", "queried_nanos", "rejections", "restated_byok_nanos", "restated_nanos", "source", "status", "status_message", "usage_daily_nanos", "usage_monthly_nanos", "usage_nanos", "usage_weekly_nanos", "watermark", "workspace_id", "workspace_name", "year_resynced_on")
SELECT "user_id", "account", "account_id", "byok_daily_nanos", "byok_monthly_nanos", "byok_nanos", "byok_weekly_nanos", "complete_through", "counters_at", "cover_checked_at", "created_at", "created_at_openrouter", "credits_total_nanos", "credits_used_nanos", "description", "disabled_at_openrouter", "expires_at", "first_rejected_at", "gone_at", "has_limit", "id", "include_byok_in_limit", "is_active", "is_free_tier", "key_encrypted", "key_hash", "kind", "label", "last_sync_error", "last_synced_at", "last_used_at", "last_validated_at", "limit_nanos", "limit_remaining_nanos", "limit_reset", "managed_by_id", "month_resynced_on", "name", "name_at_openrouter", "polled_byok_day", "polled_byok_nanos", "polled_day", "polled_nanos", "queried_byok_nanos", "queried_nanos", "rejections", "restated_byok_nanos", "restated_nanos", "source", "status", "status_message", "usage_daily_nanos", "usage_monthly_nanos", "usage_nanos", "usage_weekly_nanos", "watermark", "workspace_id", "workspace_name", "year_resynced_on" FROM "api_keys";
DROP TABLE "api_keys";
ALTER TABLE "new_api_keys" RENAME TO "api_keys";
CREATE INDEX "api_keys_managed_by_id_idx" ON "api_keys"("managed_by_id");
CREATE INDEX "api_keys_account_id_idx" ON "api_keys"("account_id");
CREATE UNIQUE INDEX "api_keys_team_id_key_hash_key" ON "api_keys"("team_id", "key_hash");
CREATE TABLE "new_api_tokens" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" DATETIME,
    CONSTRAINT "api_tokens_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "api_tokens_team_id_user_id_fkey" FOREIGN KEY ("team_id", "user_id") REFERENCES "memberships" ("team_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_api_tokens" ("team_id", "created_at", "id", "is_active", "last_used_at", "name", "token_hash", "user_id")
SELECT "user_id", "created_at", "id", "is_active", "last_used_at", "name", "token_hash", "user_id" FROM "api_tokens";
DROP TABLE "api_tokens";
ALTER TABLE "new_api_tokens" RENAME TO "api_tokens";
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens"("token_hash");
CREATE INDEX "api_tokens_team_id_user_id_idx" ON "api_tokens"("team_id", "user_id");
CREATE TABLE "new_breakdown_values" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "dimension" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    CONSTRAINT "breakdown_values_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_breakdown_values" ("team_id", "dimension", "id", "text")
SELECT "user_id", "dimension", "id", "text" FROM "breakdown_values";
DROP TABLE "breakdown_values";
ALTER TABLE "new_breakdown_values" RENAME TO "breakdown_values";
CREATE UNIQUE INDEX "breakdown_values_team_id_dimension_text_key" ON "breakdown_values"("team_id", "dimension", "text");
CREATE TABLE "new_channels" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "settings_encrypted" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "off_reason" TEXT,
    "wants_alerts" BOOLEAN NOT NULL DEFAULT true,
    "wants_digest" BOOLEAN NOT NULL DEFAULT false,
    "language" TEXT NOT NULL DEFAULT 'en',
    "confirmed_at" DATETIME,
    "code_hash" TEXT,
    "code_expires_at" DATETIME,
    "code_tries" INTEGER NOT NULL DEFAULT 0,
    "previous_secret_until" DATETIME,
    "failing_since" DATETIME,
    "last_delivered_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "channels_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_channels" ("team_id", "code_expires_at", "code_hash", "code_tries", "confirmed_at", "created_at", "failing_since", "id", "is_active", "kind", "language", "last_delivered_at", "name", "off_reason", "previous_secret_until", "ref", "settings_encrypted", "target", "wants_alerts", "wants_digest")
SELECT "user_id", "code_expires_at", "code_hash", "code_tries", "confirmed_at", "created_at", "failing_since", "id", "is_active", "kind", "language", "last_delivered_at", "name", "off_reason", "previous_secret_until", "ref", "settings_encrypted", "target", "wants_alerts", "wants_digest" FROM "channels";
DROP TABLE "channels";
ALTER TABLE "new_channels" RENAME TO "channels";
CREATE UNIQUE INDEX "channels_ref_key" ON "channels"("ref");
CREATE INDEX "channels_team_id_idx" ON "channels"("team_id");
CREATE TABLE "new_forecasts" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "subject" INTEGER NOT NULL,
    "made_on" TEXT NOT NULL,
    "keys" TEXT NOT NULL,
    "low" BIGINT NOT NULL,
    "middle" BIGINT NOT NULL,
    "high" BIGINT NOT NULL,
    "actual" BIGINT,
    "closed" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "forecasts_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_forecasts" ("team_id", "actual", "closed", "high", "id", "keys", "low", "made_on", "middle", "subject")
SELECT "user_id", "actual", "closed", "high", "id", "keys", "low", "made_on", "middle", "subject" FROM "forecasts";
DROP TABLE "forecasts";
ALTER TABLE "new_forecasts" RENAME TO "forecasts";
CREATE INDEX "forecasts_closed_made_on_idx" ON "forecasts"("closed", "made_on");
CREATE UNIQUE INDEX "forecasts_team_id_subject_made_on_key" ON "forecasts"("team_id", "subject", "made_on");
CREATE TABLE "new_notifications" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "items" TEXT NOT NULL DEFAULT '[]',
    "created_at" DATETIME NOT NULL,
    "deliver_at" DATETIME,
    "summary_id" INTEGER,
    CONSTRAINT "notifications_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "notifications_summary_id_fkey" FOREIGN KEY ("summary_id") REFERENCES "notifications" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_notifications" ("created_at", "deliver_at", "id", "items", "kind", "summary_id", "title", "team_id", "user_id")
SELECT "created_at", "deliver_at", "id", "items", "kind", "summary_id", "title", "user_id", iif("kind" IN ('account', 'server'), "user_id", NULL) FROM "notifications";
DROP TABLE "notifications";
ALTER TABLE "new_notifications" RENAME TO "notifications";
CREATE INDEX "notifications_team_id_id_idx" ON "notifications"("team_id", "id");
CREATE INDEX "notifications_summary_id_idx" ON "notifications"("summary_id");
CREATE INDEX "notifications_user_id_idx" ON "notifications"("user_id");
CREATE TABLE "new_openrouter_accounts" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "management_key_id" INTEGER,
    "identity" TEXT,
    "watch" TEXT NOT NULL DEFAULT 'all',
    "notifies_changes" BOOLEAN NOT NULL DEFAULT false,
    "last_listed_at" DATETIME,
    "last_list_error" TEXT,
    "breakdowns" TEXT,
    "reread_from" TEXT,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usage_version" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "openrouter_accounts_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "openrouter_accounts_management_key_id_fkey" FOREIGN KEY ("management_key_id") REFERENCES "api_keys" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_openrouter_accounts" ("team_id", "breakdowns", "created_at", "id", "identity", "last_list_error", "last_listed_at", "management_key_id", "name", "notifies_changes", "reread_from", "usage_version", "watch")
SELECT "user_id", "breakdowns", "created_at", "id", "identity", "last_list_error", "last_listed_at", "management_key_id", "name", "notifies_changes", "reread_from", "usage_version", "watch" FROM "openrouter_accounts";
DROP TABLE "openrouter_accounts";
ALTER TABLE "new_openrouter_accounts" RENAME TO "openrouter_accounts";
CREATE UNIQUE INDEX "openrouter_accounts_management_key_id_key" ON "openrouter_accounts"("management_key_id");
CREATE UNIQUE INDEX "openrouter_accounts_team_id_identity_key" ON "openrouter_accounts"("team_id", "identity");
CREATE TABLE "new_usage_models" (
    "team_id" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "cost" BIGINT NOT NULL,
    "byok_cost" BIGINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "tokens_input" BIGINT NOT NULL,
    "tokens_output" BIGINT NOT NULL,
    "counted_cost" BIGINT NOT NULL,
    "counted_rows" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,

    PRIMARY KEY ("team_id", "date", "model"),
    CONSTRAINT "usage_models_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
INSERT INTO "new_usage_models" ("team_id", "byok_cost", "cost", "counted_cost", "counted_rows", "date", "model", "requests", "rows", "tokens_input", "tokens_output")
SELECT "user_id", "byok_cost", "cost", "counted_cost", "counted_rows", "date", "model", "requests", "rows", "tokens_input", "tokens_output" FROM "usage_models";
DROP TABLE "usage_models";
ALTER TABLE "new_usage_models" RENAME TO "usage_models";
CREATE TABLE "new_users" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "last_login_at" DATETIME,
    "totp_secret" TEXT,
    "totp_enabled_at" DATETIME,
    "totp_pending" TEXT,
    "totp_pending_until" DATETIME,
    "totp_last_step" INTEGER NOT NULL DEFAULT 0,
    "default_team_id" INTEGER,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "users_default_team_id_fkey" FOREIGN KEY ("default_team_id") REFERENCES "teams" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_users" ("created_at", "email", "id", "is_active", "is_admin", "last_login_at", "password_hash", "totp_enabled_at", "totp_last_step", "totp_pending", "totp_pending_until", "totp_secret", "updated_at") SELECT "created_at", "email", "id", "is_active", "is_admin", "last_login_at", "password_hash", "totp_enabled_at", "totp_last_step", "totp_pending", "totp_pending_until", "totp_secret", "updated_at" FROM "users";
DROP TABLE "users";
ALTER TABLE "new_users" RENAME TO "users";
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");
CREATE INDEX "users_default_team_id_idx" ON "users"("default_team_id");
CREATE UNIQUE INDEX "teams_personal_user_id_key" ON "teams"("personal_user_id");
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");
CREATE INDEX "notification_reads_user_id_idx" ON "notification_reads"("user_id");

DELETE FROM "sqlite_sequence" WHERE "name" IN (SELECT "name" FROM "kept_sequences");
INSERT INTO "sqlite_sequence" ("name", "seq") SELECT "name", "seq" FROM "kept_sequences";
UPDATE "sqlite_sequence" SET "seq" = (SELECT "seq" FROM "kept_sequences" WHERE "name" = 'users') WHERE "name" = 'teams';
DROP TABLE "kept_sequences";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
