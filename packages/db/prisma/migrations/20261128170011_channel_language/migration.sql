-- AlterTable
ALTER TABLE "channels" ADD COLUMN "language" TEXT NOT NULL DEFAULT 'en';
