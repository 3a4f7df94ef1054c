import type { Value } from "../../../components/charts/usage-chart/measure.ts";

/** A table as it is shown: names of the columns and the rows of texts and exact values. */
export interface TableFile {
  columns: string[];
  rows: (string | Value)[][];
}

/** What a file says about where it comes from. */
export interface FileFacts {
  start_date: string;
  end_date: string;
  interval: string;
  metric: string;
  group_by: string[];
  filters: Record<string, unknown>;
}

/** `orwatch_cost_2026-11-01_2026-11-30_by-key_vendor-anthropic`: letters, digits and dashes, at most 150 characters. */
export function nameFile({ metric, start_date, end_date, group_by, filters }: FileFacts): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
  const parts = [
    ...["orwatch", plain(metric), start_date, end_date],
    ...(group_by.length > 0 ? [`by-${group_by.map(plain).join("-")}`] : []),
    ...Object.entries(filters).map(
      ([name, values]) =>
        `${plain(name)}-${[values]
          .flat()
          .map((one) => plain(String(one)))
          .join("-")}`,
    ),
  ];
  return parts.join("_").slice(0, 150);
}

/** Separators of a CSV file. Excel reads those of the language of the system. */
export interface CsvStyle {
  separator: "," | ";";
  decimal: "." | ",";
  hasMark: boolean;
}

export const PLAIN_CSV: CsvStyle = { separator: ",", decimal: ".", hasMark: false };

/** The style that Excel expects, by the decimal mark of a locale. */
export function excelStyle(locale: string): CsvStyle {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  const hasComma = parts.some(({ type, value }) => type === "decimal" && value === ",");
  return hasComma ? { separator: ";", decimal: ",", hasMark: true } : { separator: ",", decimal: ".", hasMark: true };
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Lines end with CRLF. Texts that a spreadsheet would read as a formula begin with an apostrophe. Period and filters are the last columns. */
export function toCsv({ columns, rows }: TableFile, facts: FileFacts, style: CsvStyle): string {
  const cell = (value: string | Value): string => {
    if (value === null) return "";
    const text = String(value);
    if (NUMBER.test(text)) return text.replace(".", style.decimal);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /["\r\n,;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const filters = Object.entries(facts.filters)
    .map(([name, values]) => `${name}=${[values].flat().join("|")}`)
    .join(" & ");
  const lines = [
    [...columns, "start_date", "end_date", "filters"],
    ...rows.map((row) => [...row, facts.start_date, facts.end_date, filters]),
  ].map((line) => line.map(cell).join(style.separator));
  return `${style.hasMark ? "\uFEFF" : ""}${lines.join("\r\n")}\r\n`;
}

export const toJson = ({ columns, rows }: TableFile, facts: FileFacts): string =>
  JSON.stringify(
    { ...facts, rows: rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))) },
    null,
    2,
  );
