-- Added one by one: making the table anew would drop what hangs on it for a moment.
ALTER TABLE "users" ADD COLUMN "is_admin" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "users" ADD COLUMN "last_login_at" DATETIME;
ALTER TABLE "users" ADD COLUMN "totp_secret" TEXT;
ALTER TABLE "users" ADD COLUMN "totp_enabled_at" DATETIME;
ALTER TABLE "users" ADD COLUMN "totp_pending" TEXT;
ALTER TABLE "users" ADD COLUMN "totp_pending_until" DATETIME;
ALTER TABLE "users" ADD COLUMN "totp_last_step" INTEGER NOT NULL DEFAULT 0;

-- Whoever opened the first account put the server there.
UPDATE "users" SET "is_admin" = true WHERE "id" = (SELECT min("id") FROM "users");

-- CreateTable
CREATE TABLE "recovery_codes" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "code_hash" TEXT NOT NULL,
    CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,
    "detail" TEXT NOT NULL DEFAULT '{}',
    "fold" TEXT,
    "count" INTEGER NOT NULL DEFAULT 1,
    "last_at" DATETIME NOT NULL,
    CONSTRAINT "audit_events_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_sessions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "public_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" DATETIME NOT NULL,
    "user_agent" TEXT,
    "address" TEXT,
    "reauthenticated_at" DATETIME,
    CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_sessions" ("created_at", "expires_at", "id", "user_id", "public_id", "last_used_at")
SELECT "created_at", "expires_at", "id", "user_id", row_number() OVER (ORDER BY "created_at", "id"), "created_at" FROM "sessions";
DROP TABLE "sessions";
ALTER TABLE "new_sessions" RENAME TO "sessions";
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");
CREATE UNIQUE INDEX "sessions_user_id_public_id_key" ON "sessions"("user_id", "public_id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "recovery_codes_code_hash_key" ON "recovery_codes"("code_hash");

-- CreateIndex
CREATE INDEX "recovery_codes_user_id_idx" ON "recovery_codes"("user_id");

-- CreateIndex
CREATE INDEX "audit_events_user_id_id_idx" ON "audit_events"("user_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_last_at_idx" ON "audit_events"("last_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_events_user_id_fold_key" ON "audit_events"("user_id", "fold");
