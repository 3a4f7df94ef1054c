import { formatSize } from "@orwatch/db/backup";
import { readConfig } from "../config.ts";
import { backUp } from "../jobs/backup.ts";
import { systemClock } from "../platform/clock.ts";
import { requireDatabase, runCommand } from "./command.ts";

/** `npm run backup`: makes a manual backup, which is counted separately from daily ones. The server can keep running. */
await runCommand("backup", async () => {
  const config = readConfig();
  requireDatabase(config);
  const stopping = new AbortController().signal;
  const { file, bytes, kept, removed } = await backUp({ config, clock: systemClock, stopping }, "manual");
  return `Backed up ${config.databaseFile} to ${file} (${formatSize(bytes)}, checked). Manual backups kept: ${kept}, removed: ${removed}.\nKeep ENCRYPTION_KEY separate from it. Without it, the OpenRouter keys in the backup cannot be decrypted.\n`;
});
