import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter, Transaction } from "@prisma/driver-adapter-utils";
import type Database from "better-sqlite3";
import { LOG_BYTES } from "./checkpoints.ts";
import { cacheStatements } from "./statement-cache.ts";

/**
 * Prisma's SQLite adapter on one connection that only one party uses at a time. The original lets a plain statement run
 * inside whatever transaction happens to be open, where a rollback takes it along; here it waits for the transaction's end.
 */
export class SingleWriterAdapter extends PrismaBetterSqlite3 {
  #tail: Promise<void> = Promise.resolve();
  #connection: Database.Database | null = null;
  /** What `write` hands out. Prisma binds values to its statements for good, so it prepares its own. */
  #cached: Database.Database | null = null;

  constructor(file: string) {
    super({ url: `file:${file}` });
  }

  /** Runs `work` in a transaction of its own once everybody before it is done. */
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
    // `checkpoints.ts` folds the log in elsewhere, and long before this: only without it would a write have to wait for that.
    connection.pragma("wal_autocheckpoint = 16000");
    // During a long read, such as a backup, the log grows; without this it keeps that size.
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
    await before;
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

/** A deferred transaction that reads before it writes can fail half-way when another process wrote in between. */
const BEGIN = { sql: "BEGIN IMMEDIATE", args: [], argTypes: [] };

/** The original never frees its own lock when its BEGIN fails (the file is busy), so it must find nothing to do there. */
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
