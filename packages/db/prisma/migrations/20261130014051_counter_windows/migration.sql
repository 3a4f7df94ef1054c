-- Columns are added and no table is made again: rows that hang on keys stay untouched.
ALTER TABLE "api_keys" ADD COLUMN "counters_at" DATETIME;
ALTER TABLE "api_keys" ADD COLUMN "has_limit" BOOLEAN;
ALTER TABLE "api_keys" ADD COLUMN "byok_nanos" BIGINT;
ALTER TABLE "api_keys" ADD COLUMN "byok_daily_nanos" BIGINT;
ALTER TABLE "api_keys" ADD COLUMN "byok_weekly_nanos" BIGINT;
ALTER TABLE "api_keys" ADD COLUMN "byok_monthly_nanos" BIGINT;
ALTER TABLE "api_keys" ADD COLUMN "is_free_tier" BOOLEAN;
ALTER TABLE "api_keys" ADD COLUMN "polled_byok_day" TEXT;
ALTER TABLE "api_keys" ADD COLUMN "polled_byok_nanos" BIGINT;
ALTER TABLE "api_keys" ADD COLUMN "restated_byok_nanos" BIGINT NOT NULL DEFAULT 0;

-- The last answer of /key that was no refusal is when the counters were read.
UPDATE "api_keys" SET "counters_at" = "last_validated_at" WHERE "refusals" = 0 AND "usage_nanos" IS NOT NULL;
UPDATE "api_keys" SET "has_limit" = "limit_nanos" IS NOT NULL WHERE "usage_nanos" IS NOT NULL;

-- Days that only counters knew were booked with a BYOK cost of 0 that nobody had asked about.
ALTER TABLE "usage_days" ADD COLUMN "byok_known" BOOLEAN NOT NULL DEFAULT true;
UPDATE "usage_days" SET "byok_known" = false WHERE NOT "attributed";

-- CreateTable
CREATE TABLE "byok_openings" (
    "api_key_id" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "usage" BIGINT NOT NULL,
    "spent" BIGINT NOT NULL,
    "exact" BOOLEAN NOT NULL,
    "since" TEXT,

    PRIMARY KEY ("api_key_id", "date"),
    CONSTRAINT "byok_openings_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
