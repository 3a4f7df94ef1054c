import type { UsageQuery } from "./columns.ts";

const MAX_PART = 40;

/** Of a name what every file system and header takes: letters and digits of ASCII, `-` for the rest. */
const slug = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_PART)
    .replace(/^-|-$/g, "");

/** One or two by name, more by their number. */
const listOf = (names: string[], what: string): string | null =>
  names.length === 0 ? null : names.length <= 2 ? names.join("+") : `${names.length}-${what}`;

/** What a file is called: its range, what it was filtered by, and what it is grouped by. Pure. */
export function nameFile(query: UsageQuery, input: { format: string; keyNames: Map<number, string> }): string {
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
