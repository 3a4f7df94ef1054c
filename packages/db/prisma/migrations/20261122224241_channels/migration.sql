-- CreateTable
CREATE TABLE "channels" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "settings_encrypted" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "off_reason" TEXT,
    "wants_alerts" BOOLEAN NOT NULL DEFAULT true,
    "wants_digest" BOOLEAN NOT NULL DEFAULT false,
    "confirmed_at" DATETIME,
    "code_hash" TEXT,
    "code_expires_at" DATETIME,
    "code_tries" INTEGER NOT NULL DEFAULT 0,
    "previous_secret_until" DATETIME,
    "failing_since" DATETIME,
    "last_delivered_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "channels_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "notice_id" INTEGER,
    "week" TEXT,
    "body" TEXT,
    "message_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" DATETIME NOT NULL,
    "next_try_at" DATETIME NOT NULL,
    "claimed_until" DATETIME,
    "first_tried_at" DATETIME,
    "last_tried_at" DATETIME,
    "finished_at" DATETIME,
    "last_status" INTEGER,
    "last_answer" TEXT,
    "last_error" TEXT,
    CONSTRAINT "deliveries_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "deliveries_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notices" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "channels_ref_key" ON "channels"("ref");

-- CreateIndex
CREATE INDEX "channels_user_id_idx" ON "channels"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_message_id_key" ON "deliveries"("message_id");

-- CreateIndex
CREATE INDEX "deliveries_state_next_try_at_idx" ON "deliveries"("state", "next_try_at");

-- CreateIndex
CREATE INDEX "deliveries_channel_id_id_idx" ON "deliveries"("channel_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_notice_id_channel_id_key" ON "deliveries"("notice_id", "channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_channel_id_week_key" ON "deliveries"("channel_id", "week");
