import { formatNanos } from "@orwatch/domain/money";
import { toCount } from "../../rpc/wire.ts";
import { DETAIL_COLUMNS, DETAIL_COUNT_COLUMNS, DETAIL_MONEY_COLUMNS } from "../../usage/ledger/detail-columns.ts";
import { modelsOf, parametersOf, type Reading, type Selection, select } from "../selection.ts";
import type { DetailSums } from "./schema.ts";

const COLUMNS = DETAIL_COLUMNS.map((name) => `sum(${name}) AS ${name}, count(${name}) AS known_${name}`).join(", ");

type Name = (typeof DETAIL_COLUMNS)[number];
type Row = Record<Name, bigint | null> & Record<"rows" | `known_${Name}`, bigint>;

/** Sums of the details of some keys. A detail is `null` if it is unknown for every row. */
export function sumDetails(app: Reading, selection: Selection & { keyIds: number[] }): DetailSums {
  const [row] = select<Row>(
    app,
    `SELECT count(*) AS rows, ${COLUMNS} FROM usage_stats
     WHERE api_key_id IN (SELECT value FROM json_each(:keyIds)) AND date BETWEEN :from AND :through ${modelsOf(selection, "model")}`,
    parametersOf(selection),
  ) as [Row];
  return {
    ...toWire(DETAIL_COUNT_COLUMNS, toCount),
    ...toWire(DETAIL_MONEY_COLUMNS, formatNanos),
    partial: DETAIL_COLUMNS.filter((name) => row[name] !== null && row[`known_${name}`] < row.rows),
  };

  function toWire<N extends Name, T>(names: readonly N[], convert: (sum: bigint) => T) {
    return Object.fromEntries(names.map((name) => [name, row[name] === null ? null : convert(row[name])])) as Record<
      N,
      T | null
    >;
  }
}
