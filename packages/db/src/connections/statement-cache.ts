import type Database from "better-sqlite3";

/** Cached statements per connection: more than the server has, so that only generated SQL can evict others. */
const MAX_STATEMENTS = 200;

/**
 * The same connection with a `prepare` that returns the same statement for the same SQL. The least recently used are evicted first.
 * Each returned statement has the default modes (`pluck`, `raw`, `safeIntegers`) of the connection. Do not keep it beyond the calling
 * function, because the next caller changes its modes. A statement that is still being iterated is not reused.
 */
export function cacheStatements(connection: Database.Database, max = MAX_STATEMENTS): Database.Database {
  const isBigint = typeof connection.prepare("SELECT 1").pluck().get() === "bigint";
  const statements = new Map<string, Database.Statement>();

  function prepare(sql: string): Database.Statement {
    const known = statements.get(sql);
    if (known?.busy) return connection.prepare(sql);
    const statement = known ? withModesOf(known, isBigint) : connection.prepare(sql);
    statements.delete(sql);
    statements.set(sql, statement);
    if (statements.size > max) statements.delete(statements.keys().next().value as string);
    return statement;
  }
  return Object.create(connection, { prepare: { value: prepare } });
}

function withModesOf(statement: Database.Statement, isBigint: boolean): Database.Statement {
  // Other statements return no rows and reject these modes.
  return statement.reader ? statement.pluck(false).raw(false).safeIntegers(isBigint) : statement;
}
