import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../../app.ts";
import { readSyncState, type SyncState } from "../../usage/sync-state.ts";
import { periodOf } from "../period.ts";
import { listOwnKeys } from "../selection.ts";
import { type Column, columnsOf, type UsageQuery } from "./columns.ts";
import { readUsage } from "./read.ts";
import type { ExportInput, PublicExportInput } from "./schema.ts";

/** A file that is generated while it is read. */
export interface ExportFile {
  name: string;
  contentType: string;
  /** How current the rows are, for headers of the response. */
  syncState: SyncState;
  /** Chunks of text; other work can run at an empty one. Stop early with `return()`, which closes the connection. */
  open(): Generator<string, void>;
}

type Written = Pick<ExportInput, "format" | "separator" | "decimal" | "bom">;

const SEPARATORS = { comma: ",", semicolon: ";", tab: "\t" } as const;

function toFile(app: App, query: UsageQuery, { format, separator = "comma", decimal, bom }: Written): ExportFile {
  const columns = columnsOf(query);
  const formatter = createFormatter(format, columns, {
    separator: SEPARATORS[separator],
    hasDecimalComma: decimal === "comma",
    hasByteOrderMark: bom === "true",
  });
  const isFiltered = query.keyIds !== null || query.notKeyIds.length > 0;
  const own = isFiltered ? listOwnKeys(app, query.teamId) : [];
  const keyNames = new Map(own.map(({ id, name }) => [id, name]));
  return {
    name: nameFile(query, { format, keyNames }),
    contentType: formatter.contentType,
    syncState: readSyncState(app, { teamId: query.teamId, keyIds: selectedKeys(query, own) }),
    *open() {
      yield formatter.head;
      for (const chunk of readUsage(app.config.databaseFile, query)) yield formatter.rows(chunk);
      yield formatter.tail;
    },
  };
}

/** IDs of the keys of a query; `null` for all. */
const selectedKeys = ({ keyIds, notKeyIds }: UsageQuery, own: { id: number }[]): number[] | null =>
  notKeyIds.length === 0 ? keyIds : (keyIds ?? own.map(({ id }) => id)).filter((id) => !notKeyIds.includes(id));

/**
 * The query of an export.
 * @throws BAD_REQUEST for a range that is reversed or too long
 */
export const toUsageQuery = (input: Omit<ExportInput, keyof Written> & { teamId: number }): UsageQuery => ({
  teamId: input.teamId,
  period: periodOf(input.start_date, input.end_date),
  keyIds: input.api_key_id ?? null,
  models: input.model ?? null,
  notKeyIds: input.exclude_api_key_id ?? [],
  notModels: input.exclude_model ?? [],
  shape: input.group_by && input.group_by.length > 0 ? input.group_by : "own",
  sort: input.sort ?? null,
  hasAllColumns: false,
  hasDetails: false,
});

/**
 * The rows of /api/usage, or sums of them.
 * @throws BAD_REQUEST for a range that is reversed or too long
 */
export function exportUsage(app: App, input: ExportInput & { teamId: number }): ExportFile {
  const query = toUsageQuery(input);
  // Files are read by people, who need the name of the key.
  const shape = query.shape === "own" && input.format === "csv" ? "named" : query.shape;
  return toFile(app, { ...query, shape, hasDetails: true }, input);
}

/**
 * The query of /api/v1/usage.
 * @throws BAD_REQUEST for a range that is reversed or too long
 */
export function toPublicQuery(input: Omit<PublicExportInput, keyof Written> & { teamId: number }): UsageQuery {
  const query = toUsageQuery(input);
  const shape = query.shape === "own" ? "public" : query.shape;
  return { ...query, shape, hasAllColumns: true, hasDetails: true };
}

/**
 * The rows of /api/v1/usage.
 * @throws BAD_REQUEST for a range that is reversed or too long
 */
export const exportPublicUsage = (app: App, input: PublicExportInput & { teamId: number }): ExportFile =>
  toFile(app, toPublicQuery(input), input);

const MAX_PART = 40;

/** Makes a name safe for file systems and headers: ASCII letters and digits, `-` for the rest. */
const slug = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_PART)
    .replace(/^-|-$/g, "");

/** One or two names, otherwise their number. */
const listOf = (names: string[], what: string): string | null =>
  names.length === 0 ? null : names.length <= 2 ? names.join("+") : `${names.length}-${what}`;

/** Name of a file: its range, filters and groups. Pure. */
function nameFile(query: UsageQuery, input: { format: string; keyNames: Map<number, string> }): string {
  const keys = (ids: number[]) => ids.map((id) => slug(input.keyNames.get(id) ?? "") || `key-${id}`);
  const models = (names: string[]) => names.map((name) => slug(name) || "model");
  const without = listOf([...keys(query.notKeyIds), ...models(query.notModels)], "filters");
  const parts = [
    "usage",
    query.period.from,
    query.period.through,
    listOf(keys(query.keyIds ?? []), "keys"),
    listOf(models(query.models ?? []), "models"),
    without && `without-${without}`,
    Array.isArray(query.shape) ? `by-${query.shape.join("-")}` : null,
  ];
  return `${parts.filter((part) => part !== null).join("_")}.${input.format}`;
}

type ExportFormat = "csv" | "json";

/** Turns chunks of rows into the text of a file. */
interface Formatter {
  contentType: string;
  head: string;
  /** Text of a chunk. Call it once per chunk, in order. */
  rows(chunk: unknown[][]): string;
  tail: string;
}

/** Format of CSV. Default: RFC 4180. */
interface CsvStyle {
  separator: "," | ";" | "\t";
  hasDecimalComma: boolean;
  hasByteOrderMark: boolean;
}
const RFC_4180: CsvStyle = { separator: ",", hasDecimalComma: false, hasByteOrderMark: false };

export function createFormatter(format: ExportFormat, columns: Column[], style = RFC_4180): Formatter {
  return format === "csv" ? createCsv(columns, style) : createJson(columns);
}

function createCsv(columns: Column[], { separator, hasDecimalComma, hasByteOrderMark }: CsvStyle): Formatter {
  const amount = plainText("money");
  const cells = columns.map(({ kind }) => {
    if (kind === "text") return (value: unknown) => csvText(value, separator);
    if (kind === "money" && hasDecimalComma) return (value: unknown) => amount(value)?.replace(".", ",") ?? null;
    return plainText(kind);
  });
  return {
    contentType: "text/csv; charset=utf-8; header=present",
    head: `${hasByteOrderMark ? "\uFEFF" : ""}${columns.map(({ name }) => name).join(separator)}\r\n`,
    rows: (chunk) =>
      chunk.map((row) => `${row.map((value, index) => cells[index]!(value) ?? "").join(separator)}\r\n`).join(""),
    tail: "",
  };
}

function createJson(columns: Column[]): Formatter {
  const names = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  const cells = columns.map(({ kind }) => {
    if (kind === "text") return (value: unknown) => JSON.stringify(value);
    const plain = plainText(kind);
    if (kind === "integer") return plain;
    return (value: unknown) => JSON.stringify(plain(value));
  });
  let separator = "\n";
  return {
    contentType: "application/json; charset=utf-8",
    head: "[",
    rows: (chunk) => {
      let text = "";
      for (const row of chunk) {
        text += `${separator}{${row.map((value, index) => `${names[index]}${cells[index]!(value) ?? "null"}`).join(",")}}`;
        separator = ",\n";
      }
      return text;
    },
    tail: "\n]\n",
  };
}

const plainText =
  (kind: Column["kind"]) =>
  (value: unknown): string | null => {
    if (value === null || value === undefined) return null;
    if (kind === "money") return formatNanos(value as bigint);
    return kind === "instant" ? new Date(value as string).toISOString() : String(value);
  };

/** A cell in RFC 4180. Text that a spreadsheet would run as a formula is prefixed with an apostrophe. */
export function csvText(value: unknown, separator: CsvStyle["separator"] = ","): string {
  const text = String(value ?? "");
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  const isQuoted = guarded.includes(separator) || /["\r\n]/.test(guarded) || guarded !== guarded.trim();
  return isQuoted ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
