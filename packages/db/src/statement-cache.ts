import type Database from "better-sqlite3";

/** Texts kept for a connection: more than the server has, so that only texts made of input ever push others out. */
const MAX_STATEMENTS = 200;

/**
 * The same connection with a `prepare` that answers the same text with the same statement; the least recently used ones go first.
 * Each answer has the connection's own modes (`pluck`, `raw`, `safeIntegers`), so use it at once and keep it no longer than the
 * function that asked: whoever asks next changes them. A statement that is still being iterated is left alone.
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
  // The others return no rows and refuse the rest.
  return statement.reader ? statement.pluck(false).raw(false).safeIntegers(isBigint) : statement;
}
