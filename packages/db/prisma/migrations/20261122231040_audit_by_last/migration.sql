-- DropIndex
DROP INDEX "audit_events_user_id_id_idx";

-- CreateIndex
CREATE INDEX "audit_events_user_id_last_at_idx" ON "audit_events"("user_id", "last_at");
