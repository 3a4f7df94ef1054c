-- CreateTable
CREATE TABLE "saved_views" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "is_pinned" BOOLEAN NOT NULL,
    "created_by" INTEGER,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "saved_views_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "saved_views_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "annotations" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "team_id" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_by" INTEGER,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "annotations_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "annotations_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "saved_views_created_by_idx" ON "saved_views"("created_by");

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_team_id_name_key" ON "saved_views"("team_id", "name");

-- CreateIndex
CREATE INDEX "annotations_team_id_date_idx" ON "annotations"("team_id", "date");

-- CreateIndex
CREATE INDEX "annotations_created_by_idx" ON "annotations"("created_by");
