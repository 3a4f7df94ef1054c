import { formatSize } from "@orwatch/db/format-size";
import { readConfig } from "../config.ts";
import { backUp } from "../jobs/backup.ts";
import { systemClock } from "../platform/clock.ts";
import { requireDatabase, runCommand } from "./command.ts";

/** `npm run backup`: a copy now, beside a running server too. It is not counted among the daily ones. */
await runCommand("backup", async () => {
  const config = readConfig();
  requireDatabase(config);
  const stopping = new AbortController().signal;
  const { file, bytes, kept, removed } = await backUp({ config, clock: systemClock, stopping }, "manual");
  return `Copied ${config.databaseFile} to ${file} (${formatSize(bytes)}, checked). Manual copies kept: ${kept}, removed: ${removed}.\nKeep ENCRYPTION_KEY apart from it: the OpenRouter keys in it cannot be read without.\n`;
});
