-- CreateTable
CREATE TABLE "notices" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "items" TEXT NOT NULL DEFAULT '[]',
    "created_at" DATETIME NOT NULL,
    "deliver_at" DATETIME,
    "told_in_id" INTEGER,
    "read_at" DATETIME,
    CONSTRAINT "notices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "notices_told_in_id_fkey" FOREIGN KEY ("told_in_id") REFERENCES "notices" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "alert_rules" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "terms" TEXT NOT NULL,
    "keys" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "snoozed_until" DATETIME,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "alert_rules_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "alert_firings" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "rule_id" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "threshold" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "fired_at" DATETIME NOT NULL,
    "recovered_at" DATETIME,
    CONSTRAINT "alert_firings_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "alert_rules" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "alert_settings" (
    "user_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "quiet_from" INTEGER,
    "quiet_to" INTEGER,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "snoozed_until" DATETIME,
    "max_per_day" INTEGER NOT NULL DEFAULT 20,
    "rules_made_at" DATETIME,
    CONSTRAINT "alert_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "forecasts" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "subject" INTEGER NOT NULL,
    "made_on" TEXT NOT NULL,
    "keys" TEXT NOT NULL,
    "low" BIGINT NOT NULL,
    "middle" BIGINT NOT NULL,
    "high" BIGINT NOT NULL,
    "actual" BIGINT,
    "closed" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "forecasts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "notices_user_id_id_idx" ON "notices"("user_id", "id");

-- CreateIndex
CREATE INDEX "notices_told_in_id_idx" ON "notices"("told_in_id");

-- CreateIndex
CREATE INDEX "alert_rules_user_id_idx" ON "alert_rules"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "alert_firings_rule_id_subject_threshold_window_key" ON "alert_firings"("rule_id", "subject", "threshold", "window");

-- CreateIndex
CREATE INDEX "forecasts_closed_made_on_idx" ON "forecasts"("closed", "made_on");

-- CreateIndex
CREATE UNIQUE INDEX "forecasts_user_id_subject_made_on_key" ON "forecasts"("user_id", "subject", "made_on");
