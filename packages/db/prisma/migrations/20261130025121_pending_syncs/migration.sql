-- CreateTable
CREATE TABLE "pending_syncs" (
    "api_key_id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "requested_at" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "started_at" DATETIME,
    CONSTRAINT "pending_syncs_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "held_days" (
    "api_key_id" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "cost" BIGINT NOT NULL,
    "since" DATETIME NOT NULL,

    PRIMARY KEY ("api_key_id", "date"),
    CONSTRAINT "held_days_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
