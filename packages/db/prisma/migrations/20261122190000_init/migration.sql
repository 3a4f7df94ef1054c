-- CreateTable
CREATE TABLE "users" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "data_version" INTEGER NOT NULL DEFAULT 0,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "key_encrypted" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "status" TEXT NOT NULL DEFAULT 'unverified',
    "status_message" TEXT,
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "first_refused_at" DATETIME,
    "managed_by_id" INTEGER,
    "cover_checked_at" DATETIME,
    "gone_at" DATETIME,
    "account" TEXT,
    "limit_nanos" BIGINT,
    "limit_remaining_nanos" BIGINT,
    "limit_reset" TEXT,
    "include_byok_in_limit" BOOLEAN,
    "usage_nanos" BIGINT,
    "usage_daily_nanos" BIGINT,
    "usage_weekly_nanos" BIGINT,
    "usage_monthly_nanos" BIGINT,
    "credits_total_nanos" BIGINT,
    "credits_used_nanos" BIGINT,
    "expires_at" DATETIME,
    "polled_day" TEXT,
    "polled_nanos" BIGINT,
    "restated_nanos" BIGINT NOT NULL DEFAULT 0,
    "watermark" TEXT,
    "month_resynced_on" TEXT,
    "year_resynced_on" TEXT,
    "complete_through" TEXT,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" DATETIME,
    "last_validated_at" DATETIME,
    "last_synced_at" DATETIME,
    "last_sync_error" TEXT,
    CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "api_keys_managed_by_id_fkey" FOREIGN KEY ("managed_by_id") REFERENCES "api_keys" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "usage_stats" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "api_key_id" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "requests_count" BIGINT,
    "tokens_input" BIGINT,
    "tokens_output" BIGINT,
    "cost" BIGINT NOT NULL,
    "byok_cost" BIGINT NOT NULL DEFAULT 0,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "usage_stats_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "usage_days" (
    "api_key_id" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "cost" BIGINT NOT NULL,
    "byok_cost" BIGINT NOT NULL,
    "requests" BIGINT,
    "tokens_input" BIGINT,
    "tokens_output" BIGINT,
    "counted_cost" BIGINT NOT NULL,
    "rows" INTEGER NOT NULL,
    "attributed" BOOLEAN NOT NULL,
    "exact" BOOLEAN NOT NULL,

    PRIMARY KEY ("api_key_id", "date"),
    CONSTRAINT "usage_days_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "usage_models" (
    "user_id" INTEGER NOT NULL,
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

    PRIMARY KEY ("user_id", "date", "model"),
    CONSTRAINT "usage_models_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "openings" (
    "api_key_id" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "usage" BIGINT NOT NULL,
    "spent" BIGINT NOT NULL,
    "exact" BOOLEAN NOT NULL,
    "since" TEXT,

    PRIMARY KEY ("api_key_id", "date"),
    CONSTRAINT "openings_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" DATETIME,
    CONSTRAINT "api_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "job_runs" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "job" TEXT NOT NULL,
    "started_at" DATETIME NOT NULL,
    "finished_at" DATETIME,
    "outcome" TEXT NOT NULL,
    "counts" TEXT NOT NULL DEFAULT '{}',
    "error" TEXT
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "api_keys_managed_by_id_idx" ON "api_keys"("managed_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_user_id_key_hash_key" ON "api_keys"("user_id", "key_hash");

-- CreateIndex
CREATE UNIQUE INDEX "usage_stats_api_key_id_date_model_key" ON "usage_stats"("api_key_id", "date", "model");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "api_tokens_user_id_idx" ON "api_tokens"("user_id");

-- CreateIndex
CREATE INDEX "job_runs_job_started_at_idx" ON "job_runs"("job", "started_at");
