import type { Connection } from "@orwatch/db";
import { addRows } from "./ledger/roll-ups.ts";

/** Fills the roll-ups by model and by month, for tests and benchmarks that write rows of usage_stats themselves. */
export function fillRollUps(connection: Connection): void {
  for (const table of ["usage_models", "usage_months"]) connection.exec(`DELETE FROM ${table}`);
  for (const sql of Object.values(addRows("true"))) connection.exec(sql);
}
