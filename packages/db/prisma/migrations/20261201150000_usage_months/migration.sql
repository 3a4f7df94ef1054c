-- Adds the roll-up by key, month and model, and to the roll-up by model the tokens that not every row has.
CREATE TABLE "usage_months" (
    "api_key_id" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "cost" BIGINT NOT NULL,
    "byok_cost" BIGINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "tokens_input" BIGINT NOT NULL,
    "tokens_output" BIGINT NOT NULL,
    "counted_cost" BIGINT NOT NULL,
    "counted_rows" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL DEFAULT 0,
    "reasoning_rows" INTEGER NOT NULL DEFAULT 0,
    "cached_tokens" BIGINT NOT NULL DEFAULT 0,
    "cached_rows" INTEGER NOT NULL DEFAULT 0,
    "cached_of" BIGINT NOT NULL DEFAULT 0,

    PRIMARY KEY ("api_key_id", "month", "model"),
    CONSTRAINT "usage_months_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

ALTER TABLE "usage_models" ADD COLUMN "reasoning_tokens" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "usage_models" ADD COLUMN "reasoning_rows" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "usage_models" ADD COLUMN "cached_tokens" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "usage_models" ADD COLUMN "cached_rows" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "usage_models" ADD COLUMN "cached_of" BIGINT NOT NULL DEFAULT 0;

-- Rows are added one by one: sorting all of them would take more memory and disk.
INSERT INTO "usage_months" ("api_key_id", "month", "model", "cost", "byok_cost", "requests", "tokens_input", "tokens_output",
    "counted_cost", "counted_rows", "rows", "reasoning_tokens", "reasoning_rows", "cached_tokens", "cached_rows", "cached_of")
SELECT "api_key_id", substr("date", 1, 8) || '01', "model", "cost", "byok_cost", coalesce("requests_count", 0),
    coalesce("tokens_input", 0), coalesce("tokens_output", 0), iif("requests_count" IS NULL, 0, "cost"), "requests_count" IS NOT NULL, 1,
    coalesce("reasoning_tokens", 0), "reasoning_tokens" IS NOT NULL, coalesce("cached_tokens", 0), "cached_tokens" IS NOT NULL,
    iif("cached_tokens" IS NULL, 0, coalesce("tokens_input", 0))
FROM "usage_stats" WHERE true
ON CONFLICT DO UPDATE SET "cost" = "cost" + excluded."cost", "byok_cost" = "byok_cost" + excluded."byok_cost",
    "requests" = "requests" + excluded."requests", "tokens_input" = "tokens_input" + excluded."tokens_input",
    "tokens_output" = "tokens_output" + excluded."tokens_output", "counted_cost" = "counted_cost" + excluded."counted_cost",
    "counted_rows" = "counted_rows" + excluded."counted_rows", "rows" = "rows" + 1,
    "reasoning_tokens" = "reasoning_tokens" + excluded."reasoning_tokens", "reasoning_rows" = "reasoning_rows" + excluded."reasoning_rows",
    "cached_tokens" = "cached_tokens" + excluded."cached_tokens", "cached_rows" = "cached_rows" + excluded."cached_rows",
    "cached_of" = "cached_of" + excluded."cached_of";

INSERT INTO "usage_models" ("team_id", "date", "model", "cost", "byok_cost", "requests", "tokens_input", "tokens_output",
    "counted_cost", "counted_rows", "rows", "reasoning_tokens", "reasoning_rows", "cached_tokens", "cached_rows", "cached_of")
SELECT k."team_id", s."date", s."model", 0, 0, 0, 0, 0, 0, 0, 0, coalesce(s."reasoning_tokens", 0), s."reasoning_tokens" IS NOT NULL,
    coalesce(s."cached_tokens", 0), s."cached_tokens" IS NOT NULL, iif(s."cached_tokens" IS NULL, 0, coalesce(s."tokens_input", 0))
FROM "usage_stats" s JOIN "api_keys" k ON k."id" = s."api_key_id"
WHERE s."reasoning_tokens" IS NOT NULL OR s."cached_tokens" IS NOT NULL
ON CONFLICT DO UPDATE SET
    "reasoning_tokens" = "reasoning_tokens" + excluded."reasoning_tokens", "reasoning_rows" = "reasoning_rows" + excluded."reasoning_rows",
    "cached_tokens" = "cached_tokens" + excluded."cached_tokens", "cached_rows" = "cached_rows" + excluded."cached_rows",
    "cached_of" = "cached_of" + excluded."cached_of";
