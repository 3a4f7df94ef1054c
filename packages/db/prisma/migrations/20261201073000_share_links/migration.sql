-- CreateTable
CREATE TABLE "share_links" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "created_by" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "password_hash" TEXT,
    "days" INTEGER NOT NULL,
    "keys" TEXT,
    "shows_key_names" BOOLEAN NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "views" INTEGER NOT NULL DEFAULT 0,
    "last_viewed_at" DATETIME,
    CONSTRAINT "share_links_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "share_links_team_id_created_by_fkey" FOREIGN KEY ("team_id", "created_by") REFERENCES "memberships" ("team_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "share_links_token_hash_key" ON "share_links"("token_hash");

-- CreateIndex
CREATE INDEX "share_links_team_id_created_by_idx" ON "share_links"("team_id", "created_by");

-- CreateIndex
CREATE INDEX "share_links_expires_at_idx" ON "share_links"("expires_at");
