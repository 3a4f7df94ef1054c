// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  job_interrupted: () => string;
  job_failed: () => string;
  disk_full: () => string;
  disk_not_writable: () => string;
  disk_not_readable: () => string;
  database_damaged: () => string;
  backup_no_space: (args: { folder: string | number; free_mb: string | number; needed_mb: string | number }) => string;
  backup_folder_not_writable: (args: { folder: string | number }) => string;
  backup_database_missing: () => string;
  backup_old_copy_not_removed: (args: { file: string | number; folder: string | number }) => string;
  backup_copy_changed: (args: { folder: string | number }) => string;
  backup_failed: () => string;
  job_description: (args: { job: string }) => string;
};
export default catalog;
