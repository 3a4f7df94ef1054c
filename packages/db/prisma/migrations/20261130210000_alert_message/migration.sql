-- AlterTable
ALTER TABLE "alert_firings" ADD COLUMN "message" TEXT;
