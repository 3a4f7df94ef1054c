import { DatabaseError, type Obstacle } from "@orwatch/db/database-error";
import { type Message, message } from "@orwatch/messages/message";
import { findStorageProblem } from "../platform/storage.ts";

const MIB = 1024 * 1024;
const FOLDER = { folder: "BACKUP_DIR" };

/** Why a run failed, for all users who see the Jobs page: folders of the server are named by their variables. */
export function findJobProblem(error: unknown): Message {
  if (error instanceof DatabaseError && error.obstacle) return problemOf(error.obstacle);
  return findStorageProblem(error) ?? message(error instanceof DatabaseError ? "backup_failed" : "job_failed", {});
}

function problemOf(obstacle: Obstacle): Message {
  switch (obstacle.kind) {
    case "no_space":
      return message("backup_no_space", {
        ...FOLDER,
        free_mb: Math.floor(obstacle.freeBytes / MIB),
        needed_mb: Math.ceil(obstacle.neededBytes / MIB),
      });
    case "folder_not_writable":
      return message("backup_folder_not_writable", FOLDER);
    case "file_missing":
      return message("backup_database_missing", {});
    case "old_backup_not_removed":
      return message("backup_old_copy_not_removed", { ...FOLDER, file: obstacle.file });
    case "backup_changed":
      return message("backup_copy_changed", FOLDER);
  }
}
