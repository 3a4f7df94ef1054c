// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { select } from "@messageformat/runtime";
export default {
  job_interrupted: () => "The server stopped while this job was running. It runs again at the next start.",
  job_failed: () => "This job failed. See the server log for the cause. It runs again at its next scheduled time.",
  disk_full: () => "The server’s disk is full, so nothing was changed. Ask the administrator to free up space. You can still view your data.",
  disk_not_writable: () => "The server’s disk is not writable, so nothing was changed. Ask the administrator to check it. You can still view your data.",
  disk_not_readable: () => "The server’s disk cannot be read. Ask the administrator to check it.",
  database_damaged: () => "The server’s database is damaged. Ask the administrator to restore the latest backup. Other pages may still work.",
  backup_no_space: (d) => d.folder + " has " + d.free_mb + " MB free, and a backup needs " + d.needed_mb + " MB. Free up space, then try again.",
  backup_folder_not_writable: (d) => d.folder + " is not writable. Give the server’s user write access, or set another folder.",
  backup_database_missing: () => "The database file does not exist.",
  backup_old_copy_not_removed: (d) => "The backup succeeded, but the older backup " + d.file + " in " + d.folder + " could not be removed. Remove it manually.",
  backup_copy_changed: (d) => "The backup succeeded, but another program then changed or removed it. Check what else uses " + d.folder + ", then run the job again.",
  backup_failed: () => "The backup failed. See the server log for the cause. It runs again at its next scheduled time.",
  job_description: (d) => select(d.job, { sync: "Fetches the usage of every active key.", breakdowns: "Fetches usage by provider, app, hour and more.", validate: "Checks that every key still works.", alerts: "Checks time-based alert rules.", digest: "Sends the weekly digest.", cleanup: "Removes expired usage, sessions, job runs and deliveries.", other: "Backs up the database." })
}
