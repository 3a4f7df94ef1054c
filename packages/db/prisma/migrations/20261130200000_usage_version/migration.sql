-- AlterTable
ALTER TABLE "openrouter_accounts" ADD COLUMN "usage_version" INTEGER NOT NULL DEFAULT 0;
