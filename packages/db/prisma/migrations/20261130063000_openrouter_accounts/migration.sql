-- CreateTable
CREATE TABLE "openrouter_accounts" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "management_key_id" INTEGER,
    "identity" TEXT,
    "watch" TEXT NOT NULL DEFAULT 'all',
    "last_listed_at" DATETIME,
    "last_list_error" TEXT,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "openrouter_accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "openrouter_accounts_management_key_id_fkey" FOREIGN KEY ("management_key_id") REFERENCES "api_keys" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "openrouter_workspaces" (
    "account_id" INTEGER NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL,

    PRIMARY KEY ("account_id", "workspace_id"),
    CONSTRAINT "openrouter_workspaces_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "openrouter_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "account_events" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "account_id" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "key_hash" TEXT,
    "message" TEXT NOT NULL,
    CONSTRAINT "account_events_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "openrouter_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "removed_keys" (
    "account_id" INTEGER NOT NULL,
    "key_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,

    PRIMARY KEY ("account_id", "key_hash"),
    CONSTRAINT "removed_keys_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "openrouter_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "openrouter_accounts_management_key_id_key" ON "openrouter_accounts"("management_key_id");

-- CreateIndex
CREATE UNIQUE INDEX "openrouter_accounts_user_id_identity_key" ON "openrouter_accounts"("user_id", "identity");

-- CreateIndex
CREATE INDEX "account_events_account_id_id_idx" ON "account_events"("account_id", "id");

-- A key without a secret is new. Making the table again would need foreign keys off, so the column is put in the place of the old one.
ALTER TABLE "api_keys" ADD COLUMN "key_encrypted_or_null" TEXT;
UPDATE "api_keys" SET "key_encrypted_or_null" = "key_encrypted";
ALTER TABLE "api_keys" DROP COLUMN "key_encrypted";
ALTER TABLE "api_keys" RENAME COLUMN "key_encrypted_or_null" TO "key_encrypted";

ALTER TABLE "api_keys" ADD COLUMN "source" TEXT NOT NULL DEFAULT 'pasted';
ALTER TABLE "api_keys" ADD COLUMN "account_id" INTEGER REFERENCES "openrouter_accounts" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "api_keys" ADD COLUMN "workspace_id" TEXT;
ALTER TABLE "api_keys" ADD COLUMN "workspace_name" TEXT;
ALTER TABLE "api_keys" ADD COLUMN "name_at_openrouter" TEXT;
ALTER TABLE "api_keys" ADD COLUMN "created_at_openrouter" DATETIME;
ALTER TABLE "api_keys" ADD COLUMN "disabled_at_openrouter" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "api_keys" ADD COLUMN "queried_nanos" BIGINT;
ALTER TABLE "api_keys" ADD COLUMN "queried_byok_nanos" BIGINT;

-- CreateIndex
CREATE INDEX "api_keys_account_id_idx" ON "api_keys"("account_id");

-- Each management key shows an account. Two of one account are found out, and made one, when its workspaces are first listed.
INSERT INTO "openrouter_accounts" ("user_id", "name", "management_key_id", "created_at")
    SELECT "user_id", "name", "id", "created_at" FROM "api_keys" WHERE "kind" = 'management' ORDER BY "id";
UPDATE "api_keys" SET "account_id" = (
    SELECT a."id" FROM "openrouter_accounts" a
    WHERE a."management_key_id" = iif("api_keys"."kind" = 'management', "api_keys"."id", "api_keys"."managed_by_id")
);
