import Database from "better-sqlite3";

/** A read-only connection to a database that a server may be using. The caller closes it. */
export function openReader(file: string): Database.Database {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 });
}
