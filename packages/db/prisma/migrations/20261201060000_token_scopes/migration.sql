-- AlterTable
ALTER TABLE "api_tokens" ADD COLUMN "expires_at" DATETIME;
ALTER TABLE "api_tokens" ADD COLUMN "scopes" TEXT NOT NULL DEFAULT 'read';
