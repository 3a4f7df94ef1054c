import type { TableOutput } from "./schema.ts";

/** A whole table in pages of deflated JSON, a tenth of its size. */
export interface Table {
  pages: Buffer[];
  bytes: number;
  total: number;
  sum: TableOutput["sum"];
  days: Pick<TableOutput["days"], "known" | "unknown">;
}

/** Cached tables in memory. */
export interface TableMemory {
  /** By version of the team's data and by parameters. */
  tables: Map<string, Promise<Table>>;
  /** The running read of each team: one table at a time, so that quickly changing the order does not start many reads. */
  queues: Map<number, Promise<unknown>>;
}

export const createTableMemory = (): TableMemory => ({ tables: new Map(), queues: new Map() });
