-- CreateTable
CREATE TABLE "stop_tokens" (
    "token_hash" TEXT NOT NULL PRIMARY KEY,
    "channel_id" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "stop_tokens_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "stop_tokens_channel_id_idx" ON "stop_tokens"("channel_id");
