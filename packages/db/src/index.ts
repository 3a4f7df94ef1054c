import Database from "better-sqlite3";
import { startCheckpoints } from "./connections/checkpoints.ts";
import { SingleWriterAdapter } from "./connections/single-writer.ts";
import { cacheStatements } from "./connections/statement-cache.ts";
import { PrismaClient } from "./generated/prisma/client.ts";

export type {
  ApiKey,
  ApiToken,
  Channel,
  Delivery,
  Identity,
  JobRun,
  OpenRouterAccount,
  Passkey,
  Session,
  User,
} from "./generated/prisma/client.ts";
export { Prisma } from "./generated/prisma/client.ts";

/** A connection of better-sqlite3, as {@link Db.write} hands it out. */
export type Connection = Database.Database;

export interface Db {
  /** For ordinary reads and writes. Shares the single writing connection with {@link Db.write}. */
  prisma: PrismaClient;
  /** Read-only connection for aggregates and lists. Read amounts with `safeIntegers`. Statements are cached: see {@link cacheStatements}. */
  reader: Connection;
  /**
   * Runs `work` in one IMMEDIATE transaction on the writing connection, after all earlier work; rolled back if it
   * throws. `work` is synchronous, so that no other statement runs in between. For bulk writes that are too slow with Prisma. Statements
   * are cached as on the reader.
   */
  write<T>(work: (connection: Connection) => T): Promise<T>;
  /** Number of statements, transactions and bulk writes that wait for the writing connection. */
  readonly queued: number;
  close(): Promise<void>;
}

/** Required pragmas; `openDb` fails without them. */
const REQUIRED = { journal_mode: "wal", foreign_keys: 1, synchronous: 1 } as const;

/**
 * Opens a migrated SQLite file.
 * @param file path of the file
 * @throws Error if a pragma has no effect, for example on a network file system
 */
export async function openDb(file: string): Promise<Db> {
  const adapter = new SingleWriterAdapter(file);
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 30_000, timeout: 30_000 } });
  await prisma.$connect();
  await adapter
    .write((connection) => {
      for (const [pragma, expected] of Object.entries(REQUIRED)) {
        const found = connection.pragma(pragma, { simple: true });
        // biome-ignore lint/suspicious/noDoubleEquals: the connection returns bigint
        if (found != expected) throw new Error(`SQLite did not accept PRAGMA ${pragma} = ${expected} (it is ${found})`);
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
    get queued() {
      return adapter.queued;
    },
    async close() {
      await checkpoints.close();
      reader.close();
      await prisma.$disconnect();
    },
  };
}
