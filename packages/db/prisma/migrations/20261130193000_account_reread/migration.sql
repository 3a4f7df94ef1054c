-- AlterTable
ALTER TABLE "openrouter_accounts" ADD COLUMN "reread_from" TEXT;
