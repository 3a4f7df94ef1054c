-- AlterTable
ALTER TABLE "openrouter_accounts" ADD COLUMN "breakdowns" TEXT;

-- CreateTable
CREATE TABLE "breakdown_owners" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "api_key_id" INTEGER,
    "account_id" INTEGER,
    CONSTRAINT "breakdown_owners_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "breakdown_owners_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "openrouter_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "breakdown_values" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "dimension" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    CONSTRAINT "breakdown_values_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "breakdowns" (
    "owner_id" INTEGER NOT NULL,
    "dimension" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "value_id" INTEGER NOT NULL,
    "model_id" INTEGER NOT NULL,
    "cost" BIGINT NOT NULL,
    "byok_cost" BIGINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "tokens_input" BIGINT NOT NULL,
    "tokens_output" BIGINT NOT NULL,
    "latency_p50" INTEGER,
    "latency_p95" INTEGER,
    "throughput_p50" REAL,
    "throughput_p95" REAL,

    PRIMARY KEY ("owner_id", "dimension", "hour", "value_id", "model_id"),
    CONSTRAINT "breakdowns_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "breakdown_owners" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "breakdown_days" (
    "owner_id" INTEGER NOT NULL,
    "dimension" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "cost" BIGINT NOT NULL,
    "byok_cost" BIGINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "tokens_input" BIGINT NOT NULL,
    "tokens_output" BIGINT NOT NULL,
    "rows" INTEGER NOT NULL,
    "is_whole" BOOLEAN NOT NULL,

    PRIMARY KEY ("owner_id", "dimension", "day"),
    CONSTRAINT "breakdown_days_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "breakdown_owners" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "breakdown_progress" (
    "owner_id" INTEGER NOT NULL,
    "dimension" INTEGER NOT NULL,
    "asked_at" DATETIME NOT NULL,
    "problem" TEXT,

    PRIMARY KEY ("owner_id", "dimension"),
    CONSTRAINT "breakdown_progress_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "breakdown_owners" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateIndex
CREATE UNIQUE INDEX "breakdown_owners_api_key_id_key" ON "breakdown_owners"("api_key_id");

-- CreateIndex
CREATE UNIQUE INDEX "breakdown_owners_account_id_key" ON "breakdown_owners"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "breakdown_values_user_id_dimension_text_key" ON "breakdown_values"("user_id", "dimension", "text");
