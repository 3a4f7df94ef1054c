import { choice, entry, integer, text } from "./params.ts";

/** Why a job failed. Folders are named by their variable, never by their path. */
export const jobs = [
  entry("job_interrupted", {}),
  entry("job_failed", {}),
  entry("disk_full", {}),
  entry("disk_not_writable", {}),
  entry("disk_not_readable", {}),
  entry("database_damaged", {}),
  entry("backup_no_space", { folder: text, free_mb: integer, needed_mb: integer }),
  entry("backup_folder_not_writable", { folder: text }),
  entry("backup_database_missing", {}),
  entry("backup_old_copy_not_removed", { folder: text, file: text }),
  entry("backup_copy_changed", { folder: text }),
  entry("backup_failed", {}),
  entry("job_description", {
    job: choice(["sync", "breakdowns", "validate", "alerts", "digest", "cleanup", "backup"]),
  }),
] as const;
