-- Tables, columns and values get the names of the documentation. All rows stay.
ALTER TABLE "openings" RENAME TO "counter_baselines";
ALTER TABLE "byok_openings" RENAME TO "byok_counter_baselines";

ALTER TABLE "api_keys" RENAME COLUMN "refusals" TO "rejections";
ALTER TABLE "api_keys" RENAME COLUMN "first_refused_at" TO "first_rejected_at";

ALTER TABLE "notices" RENAME TO "notifications";
ALTER TABLE "notifications" RENAME COLUMN "told_in_id" TO "summary_id";
DROP INDEX "notices_user_id_id_idx";
CREATE INDEX "notifications_user_id_id_idx" ON "notifications"("user_id", "id");
DROP INDEX "notices_told_in_id_idx";
CREATE INDEX "notifications_summary_id_idx" ON "notifications"("summary_id");

ALTER TABLE "deliveries" RENAME COLUMN "notice_id" TO "notification_id";
DROP INDEX "deliveries_notice_id_channel_id_key";
CREATE UNIQUE INDEX "deliveries_notification_id_channel_id_key" ON "deliveries"("notification_id", "channel_id");

ALTER TABLE "stop_tokens" RENAME TO "unsubscribe_tokens";
DROP INDEX "stop_tokens_channel_id_idx";
CREATE INDEX "unsubscribe_tokens_channel_id_idx" ON "unsubscribe_tokens"("channel_id");

ALTER TABLE "alert_firings" RENAME COLUMN "recovered_at" TO "resolved_at";
ALTER TABLE "alert_settings" RENAME COLUMN "rules_made_at" TO "default_rules_created_at";

UPDATE "audit_events" SET "actor" = 'anonymous' WHERE "actor" = 'stranger';

UPDATE "job_runs" SET "counts" = json_set(json_remove("counts", '$.told'), '$.notifications_sent', "counts" ->> 'told')
  WHERE json_valid("counts") AND json_type("counts", '$.told') IS NOT NULL;
UPDATE "job_runs" SET "counts" = json_set(json_remove("counts", '$.notices'), '$.notifications', "counts" ->> 'notices')
  WHERE json_valid("counts") AND json_type("counts", '$.notices') IS NOT NULL;
