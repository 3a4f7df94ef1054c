import { addDays, type Day } from "@orwatch/domain/day";
import type { AccountExport } from "../../lib/api/trpc.ts";

/** The calendar years from `first` to `last`, each limited to that range. */
export function yearsBetween(first: Day, last: Day): { from: Day; through: Day }[] {
  const years: { from: Day; through: Day }[] = [];
  for (let from = first; from <= last; ) {
    const end = `${from.slice(0, 4)}-12-31`;
    const through = end < last ? end : last;
    years.push({ from, through });
    from = addDays(through, 1);
  }
  return years;
}

/** One JSON document with the data of the user and the usage rows by year, as received. */
export async function collectData({ usage_days: { first, last }, ...account }: AccountExport): Promise<Blob> {
  const pieces: BlobPart[] = [`${JSON.stringify(account, null, 2).slice(0, -2)},\n  "usage": {`];
  const years = first && last ? yearsBetween(first, last) : [];
  for (const [index, { from, through }] of years.entries()) {
    const response = await fetch(`/api/usage/export.json?start_date=${from}&end_date=${through}`);
    if (!response.ok) throw new Error(`the export of ${from} was rejected with ${response.status}`);
    pieces.push(`${index > 0 ? "," : ""}\n"${from.slice(0, 4)}": `, await response.blob());
  }
  return new Blob([...pieces, "}\n}\n"], { type: "application/json" });
}

export function saveFile(file: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
