import Database from "better-sqlite3";
import { startCheckpoints } from "./checkpoints.ts";
import { PrismaClient } from "./generated/prisma/client.ts";
import { SingleWriterAdapter } from "./single-writer.ts";
import { cacheStatements } from "./statement-cache.ts";

export type {
  ApiKey,
  ApiToken,
  Channel,
  Delivery,
  JobRun,
  OpenRouterAccount,
  Session,
  User,
} from "./generated/prisma/client.ts";
export { Prisma } from "./generated/prisma/client.ts";

/** A connection of better-sqlite3, as {@link Db.write} hands it out. */
export type Connection = Database.Database;

export interface Db {
  /** Accounts, keys, tokens, settings. Shares the one writing connection with {@link Db.write}. */
  prisma: PrismaClient;
  /** Read-only connection for aggregates and lists, money with `safeIntegers`. Keeps its statements: see {@link cacheStatements}. */
  reader: Connection;
  /**
   * Runs `work` in one IMMEDIATE transaction on the writing connection, after whatever else holds it; rolled back when it
   * throws. `work` is synchronous, so nothing can come between its statements. For bulk writes that Prisma is too slow for. The connection
   * keeps its statements, as the reader does.
   */
  write<T>(work: (connection: Connection) => T): Promise<T>;
  close(): Promise<void>;
}

/** What every connection must have; `openDb` refuses to go on with anything else. */
const REQUIRED = { journal_mode: "wal", foreign_keys: 1, synchronous: 1 } as const;

/**
 * Opens a migrated SQLite file.
 * @param file path of the file
 * @throws Error when a pragma did not take (the file lies on a network file system, say)
 */
export async function openDb(file: string): Promise<Db> {
  const adapter = new SingleWriterAdapter(file);
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 30_000, timeout: 30_000 } });
  await prisma.$connect();
  await adapter
    .write((connection) => {
      for (const [pragma, expected] of Object.entries(REQUIRED)) {
        const found = connection.pragma(pragma, { simple: true });
        // biome-ignore lint/suspicious/noDoubleEquals: the connection answers bigint
        if (found != expected) throw new Error(`SQLite refused PRAGMA ${pragma} = ${expected} (it is ${found})`);
      }
    })
    .catch((error) => prisma.$disconnect().then(() => Promise.reject(error)));
  const reader = cacheStatements(new Database(file, { readonly: true }));
  reader.pragma("busy_timeout = 5000");
  reader.pragma("cache_size = -32000");
  const checkpoints = startCheckpoints(file);
  return {
    prisma,
    reader,
    write: (work) => adapter.write(work),
    async close() {
      await checkpoints.close();
      reader.close();
      await prisma.$disconnect();
    },
  };
}
