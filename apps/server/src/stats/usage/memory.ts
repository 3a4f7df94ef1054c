import type { TableOutput } from "../schema.ts";

/** A whole table, cut into pages of deflated JSON: they compress to a tenth. */
export interface Table {
  pages: Buffer[];
  bytes: number;
  total: number;
  sum: TableOutput["sum"];
  days: Pick<TableOutput["days"], "known" | "unknown">;
}

/** What is kept of tables, for as long as the process lives. */
export interface TableMemory {
  /** By version of the user's data and by question. */
  tables: Map<string, Promise<Table>>;
  /** What each user has under way: one table is read at a time, so that clicking through orders starts no crowd. */
  queues: Map<number, Promise<unknown>>;
}

export const createTableMemory = (): TableMemory => ({ tables: new Map(), queues: new Map() });
