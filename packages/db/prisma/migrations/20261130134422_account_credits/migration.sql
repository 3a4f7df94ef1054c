-- CreateTable
CREATE TABLE "account_credits" (
    "account_id" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "last_seen_at" DATETIME NOT NULL,
    "total_nanos" BIGINT NOT NULL,
    "used_nanos" BIGINT NOT NULL,

    PRIMARY KEY ("account_id", "at"),
    CONSTRAINT "account_credits_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "openrouter_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable
ALTER TABLE "openrouter_accounts" ADD COLUMN "notifies_changes" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "openrouter_workspaces" ADD COLUMN "is_listed" BOOLEAN NOT NULL DEFAULT true;
