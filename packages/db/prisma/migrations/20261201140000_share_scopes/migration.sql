-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_share_links" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "created_by" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "password_hash" TEXT,
    "scope" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "views" INTEGER NOT NULL DEFAULT 0,
    "last_viewed_at" DATETIME,
    CONSTRAINT "share_links_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "share_links_team_id_created_by_fkey" FOREIGN KEY ("team_id", "created_by") REFERENCES "memberships" ("team_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_share_links" ("id", "team_id", "created_by", "name", "token_hash", "password_hash", "scope", "created_at", "expires_at", "views", "last_viewed_at")
SELECT "id", "team_id", "created_by", "name", "token_hash", "password_hash",
    json_object('kind', 'dashboard', 'days', "days", 'api_key_ids', json("keys"), 'shows_key_names', json(iif("shows_key_names", 'true', 'false'))),
    "created_at", "expires_at", "views", "last_viewed_at"
FROM "share_links";
DROP TABLE "share_links";
ALTER TABLE "new_share_links" RENAME TO "share_links";
CREATE UNIQUE INDEX "share_links_token_hash_key" ON "share_links"("token_hash");
CREATE INDEX "share_links_team_id_created_by_idx" ON "share_links"("team_id", "created_by");
CREATE INDEX "share_links_expires_at_idx" ON "share_links"("expires_at");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
