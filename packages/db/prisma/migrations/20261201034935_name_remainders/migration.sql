-- CreateTable
CREATE TABLE "name_remainders" (
    "account_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "cost" BIGINT NOT NULL,
    "byok_cost" BIGINT NOT NULL,
    "requests_count" BIGINT NOT NULL,
    "tokens_input" BIGINT NOT NULL,
    "tokens_output" BIGINT NOT NULL,

    PRIMARY KEY ("account_id", "name"),
    CONSTRAINT "name_remainders_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "openrouter_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
