import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter, Transaction } from "@prisma/driver-adapter-utils";
import type Database from "better-sqlite3";
import { LOG_BYTES } from "./checkpoints.ts";
import { cacheStatements } from "./statement-cache.ts";

/**
 * Prisma's SQLite adapter on one connection with exclusive access. The original runs a plain statement inside whatever transaction
 * happens to be open, so that a rollback also undoes it; here it waits for the transaction to end.
 */
export class SingleWriterAdapter extends PrismaBetterSqlite3 {
  #tail: Promise<void> = Promise.resolve();
  #queued = 0;
  #connection: Database.Database | null = null;
  /** The connection that `write` passes on. Prisma binds values to statements permanently, so it prepares its own. */
  #cached: Database.Database | null = null;

  constructor(file: string) {
    super({ url: `file:${file}` });
  }

  /** Number of statements, transactions and bulk writes that wait for the connection. */
  get queued(): number {
    return this.#queued;
  }

  /** Runs `work` in its own transaction after all earlier work is done. */
  async write<T>(work: (connection: Database.Database) => T): Promise<T> {
    const release = await this.#acquire();
    try {
      if (!this.#cached) throw new Error("the database is closed");
      return this.#cached.transaction(work).immediate(this.#cached);
    } finally {
      release();
    }
  }

  override async connect() {
    const adapter = await super.connect();
    const connection = (adapter as unknown as { client: Database.Database }).client;
    connection.pragma("busy_timeout = 5000");
    connection.pragma("journal_mode = WAL");
    connection.pragma("synchronous = NORMAL");
    connection.pragma("foreign_keys = ON");
    connection.pragma("cache_size = -32000");
    // Checkpoints run in `checkpoints.ts`, long before the log reaches this size. This is a fallback, and a write has to wait for it.
    connection.pragma("wal_autocheckpoint = 16000");
    // The log grows during a long read, such as a backup. Without this it keeps that size.
    connection.pragma(`journal_size_limit = ${LOG_BYTES}`);
    this.#connection = connection;
    this.#cached = cacheStatements(connection);
    skipPlainBegin(connection);
    return this.#serialise(adapter);
  }

  async #acquire(): Promise<() => void> {
    const before = this.#tail;
    let release = () => {};
    this.#tail = new Promise((resolve) => {
      release = resolve;
    });
    this.#queued += 1;
    await before;
    this.#queued -= 1;
    return release;
  }

  #serialise<A extends SqlDriverAdapter>(adapter: A): A {
    const { queryRaw, executeRaw, executeScript, startTransaction, dispose } = adapter;
    const alone = async <T>(work: () => Promise<T>): Promise<T> => {
      const release = await this.#acquire();
      try {
        return await work();
      } finally {
        release();
      }
    };
    adapter.queryRaw = (query) => alone(() => queryRaw.call(adapter, query));
    adapter.executeRaw = (query) => alone(() => executeRaw.call(adapter, query));
    adapter.executeScript = (script) => alone(() => executeScript.call(adapter, script));
    adapter.startTransaction = async (isolationLevel) => {
      const release = await this.#acquire();
      try {
        await executeRaw.call(adapter, BEGIN);
        return releaseAtEnd(await startTransaction.call(adapter, isolationLevel), release);
      } catch (error) {
        if (this.#connection?.inTransaction) this.#connection.exec("ROLLBACK");
        release();
        throw error;
      }
    };
    adapter.dispose = () => {
      this.#connection = null;
      this.#cached = null;
      return dispose.call(adapter);
    };
    return adapter;
  }
}

/** A deferred transaction that reads before it writes fails if another process has written in between. */
const BEGIN = { sql: "BEGIN IMMEDIATE", args: [], argTypes: [] };

/** The original never releases its own lock if its BEGIN fails (the file is busy), so that BEGIN is turned into a no-op. */
function skipPlainBegin(connection: Database.Database): void {
  const prepare = connection.prepare.bind(connection);
  const nothing = { run: () => ({ changes: 0, lastInsertRowid: 0 }) };
  connection.prepare = ((sql: string) => (sql === "BEGIN" ? nothing : prepare(sql))) as typeof prepare;
}

function releaseAtEnd(transaction: Transaction, release: () => void): Transaction {
  const { commit, rollback } = transaction;
  transaction.commit = () => commit.call(transaction).finally(release);
  transaction.rollback = () => rollback.call(transaction).finally(release);
  return transaction;
}
