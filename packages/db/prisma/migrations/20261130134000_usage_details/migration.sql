-- AlterTable
ALTER TABLE "usage_stats" ADD COLUMN "reasoning_tokens" BIGINT;
ALTER TABLE "usage_stats" ADD COLUMN "cached_tokens" BIGINT;
ALTER TABLE "usage_stats" ADD COLUMN "byok_requests" BIGINT;
ALTER TABLE "usage_stats" ADD COLUMN "upstream_cost" BIGINT;
ALTER TABLE "usage_stats" ADD COLUMN "cache_saving" BIGINT;
ALTER TABLE "usage_stats" ADD COLUMN "data_discount" BIGINT;
ALTER TABLE "usage_stats" ADD COLUMN "web_search_cost" BIGINT;
