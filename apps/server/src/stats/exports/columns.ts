import { DETAIL_COUNT_COLUMNS, DETAIL_MONEY_COLUMNS } from "../../usage/ledger/detail-columns.ts";
import type { Period } from "../period.ts";
import { type Grouping, timeOf } from "../schema.ts";
import { vendorOf } from "../selection.ts";

export interface Column {
  name: string;
  kind: "integer" | "money" | "text" | "instant";
}

export interface UsageQuery {
  teamId: number;
  period: Period;
  keyIds: number[] | null;
  models: string[] | null;
  notKeyIds: number[];
  notModels: string[];
  /** The rows of /api/usage, the same with key names, the rows of /api/v1/usage, or sums by groups. */
  shape: "own" | "named" | "public" | Grouping[];
  /** Column, with `-` for descending; `null` for the order of the shape. */
  sort: string | null;
  /** Whether sums have every column, `null` if they are not grouped by it. */
  hasAllColumns: boolean;
  /** Whether sums include the detail columns. They are in no roll-up, so all rows are read. */
  hasDetails: boolean;
}

/** Rows per step. Other work runs between steps. */
export const CHUNK = 1000;

const RESIDUAL = "k.kind IS 'residual'";
/** Usage of an account beyond its keys has no key. */
const keyId = (sql: string) => `iif(${RESIDUAL}, NULL, ${sql})`;

const column = (name: string, sql: string, kind: Column["kind"]) => ({ name, sql, kind });
const COUNTS = [
  column("requests_count", "s.requests_count", "integer"),
  column("tokens_input", "s.tokens_input", "integer"),
  column("tokens_output", "s.tokens_output", "integer"),
];
const OWNER = [
  column("kind", `iif(${RESIDUAL}, k.source, NULL)`, "text"),
  column("account_id", "k.account_id", "integer"),
];
const detailsOf = (table: "s" | "g") => [
  ...DETAIL_COUNT_COLUMNS.map((name) => column(name, `${table}.${name}`, "integer")),
  ...DETAIL_MONEY_COLUMNS.map((name) => column(name, `${table}.${name}`, "money")),
];
const OWN = [
  column("id", "s.id", "integer"),
  column("api_key_id", keyId("s.api_key_id"), "integer"),
  column("date", "s.date", "text"),
  column("model", "s.model", "text"),
  ...COUNTS,
  column("cost", "s.cost", "money"),
  column("byok_cost", "s.byok_cost", "money"),
  column("created_at", "s.created_at", "instant"),
  ...OWNER,
  ...detailsOf("s"),
];
const NAMED = OWN.flatMap((item) =>
  item.name === "api_key_id" ? [item, column("api_key_name", "k.name", "text")] : [item],
);

const PUBLIC = [
  column("date", "s.date", "text"),
  column("api_key_id", keyId("s.api_key_id"), "integer"),
  column("api_key_name", "k.name", "text"),
  column("model", "s.model", "text"),
  ...COUNTS,
  column("cost", "s.cost", "money"),
  column("byok_cost", "s.byok_cost", "money"),
  ...OWNER,
  ...detailsOf("s"),
  // Last, because programs may read the columns of CSV by their position.
  column("requests", "s.requests_count", "integer"),
];

/** Columns of a response, in order. */
export function columnsOf({
  shape,
  hasAllColumns,
  hasDetails,
}: Pick<UsageQuery, "shape" | "hasAllColumns" | "hasDetails">): (Column & { sql: string })[] {
  if (shape === "own") return OWN;
  if (shape === "named") return NAMED;
  if (shape === "public") return PUBLIC;
  const time = timeOf(shape);
  const columnIf = (isGrouped: boolean, { name, sql, kind }: (typeof OWN)[number]) =>
    isGrouped || hasAllColumns ? [column(name, isGrouped ? sql : "NULL", kind)] : [];
  const isByKey = shape.includes("key");
  return [
    ...columnIf(time === "day", column("date", "g.t", "text")),
    ...columnIf(time === "week", column("week", "g.t", "text")),
    ...columnIf(time === "month", column("month", "g.t", "text")),
    ...columnIf(isByKey, column("api_key_id", keyId("g.k"), "integer")),
    ...columnIf(isByKey, column("api_key_name", "k.name", "text")),
    ...columnIf(shape.includes("model"), column("model", "g.m", "text")),
    ...columnIf(shape.includes("vendor"), column("vendor", vendorOf("g.m"), "text")),
    column("requests_count", "g.requests_count", "integer"),
    column("tokens_input", "g.tokens_input", "integer"),
    column("tokens_output", "g.tokens_output", "integer"),
    column("cost", "g.cost", "money"),
    column("byok_cost", "g.byok_cost", "money"),
    ...OWNER.flatMap((item) => columnIf(isByKey, item)),
    ...(hasDetails ? detailsOf("g") : []),
    ...(hasAllColumns ? [column("requests", "g.requests_count", "integer")] : []),
  ];
}
