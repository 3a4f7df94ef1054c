import { systemClock } from "./clock.ts";
import { requireDatabase, runCommand } from "./command.ts";
import { readConfig } from "./config.ts";
import { backUp } from "./jobs/backup.ts";

/** `npm run backup`: the copy that the job makes, now; beside a running server too. */
await runCommand(async () => {
  const config = readConfig();
  requireDatabase(config);
  const { file, bytes, kept, removed } = await backUp({
    config,
    clock: systemClock,
    stopping: new AbortController().signal,
  });
  const size = (bytes / 1024 / 1024).toFixed(1);
  return `Copied ${config.databaseFile} to ${file} (${size} MB, checked). Kept: ${kept}, removed: ${removed}.\nKeep ENCRYPTION_KEY apart from it: the OpenRouter keys in it cannot be read without.\n`;
});
