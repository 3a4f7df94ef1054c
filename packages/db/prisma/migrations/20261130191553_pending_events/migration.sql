-- AlterTable
ALTER TABLE "account_events" ADD COLUMN "is_pending" BOOLEAN NOT NULL DEFAULT false;
