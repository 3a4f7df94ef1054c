-- AlterTable
ALTER TABLE "alert_rules" ADD COLUMN "channels" TEXT;
