import { formatNanos } from "@orwatch/domain/money";

export interface Column {
  name: string;
  kind: "integer" | "money" | "text" | "instant";
}

export type ExportFormat = "csv" | "json";

/** Turns chunks of rows into the text of a file. */
export interface Formatter {
  contentType: string;
  head: string;
  /** Text of a chunk; call it once for each, in order. */
  rows(chunk: unknown[][]): string;
  tail: string;
}

/** How CSV is written: RFC 4180 by default. */
export interface CsvStyle {
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

/** RFC 4180; what a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvText(value: unknown, separator: CsvStyle["separator"] = ","): string {
  const text = String(value ?? "");
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  const isQuoted = guarded.includes(separator) || /["\r\n]/.test(guarded) || guarded !== guarded.trim();
  return isQuoted ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
