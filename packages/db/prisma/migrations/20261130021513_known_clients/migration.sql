-- CreateTable
CREATE TABLE "known_clients" (
    "user_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "last_used_at" DATETIME NOT NULL,

    PRIMARY KEY ("user_id", "kind", "name"),
    CONSTRAINT "known_clients_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
