/** What lists of keys are searched, sorted and summed by: a few columns of all keys, because a page needs whole rows of a few only. */

type Value = bigint | string | null;

const names = new Intl.Collator("en", { numeric: true });

/** Whether one of the texts contains the search, without regard to case. */
export const containsText = (search: string, texts: readonly (string | null)[]): boolean =>
  texts.some((text) => text?.toLowerCase().includes(search) ?? false);

/**
 * Sorts rows in place by a column, with `-` before it in descending order. Names are sorted as people do, `key 9` before `key 10`. Unknown
 * values come last in both directions.
 * @param input.tie order of rows with equal values; default: as they are
 */
export function sortRows<Row extends { name: string }>(
  rows: Row[],
  input: { sort: string; valueOf: (row: Row, column: string) => Value; tie?: "name" },
): void {
  const column = input.sort.replace("-", "");
  const direction = input.sort.startsWith("-") ? -1 : 1;
  const tieOf = (a: Row, b: Row) => (input.tie === "name" ? names.compare(a.name, b.name) : 0);
  rows.sort((a, b) => {
    if (column === "name") return direction * names.compare(a.name, b.name);
    const [left, right] = [input.valueOf(a, column), input.valueOf(b, column)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || tieOf(a, b);
    return left === right ? tieOf(a, b) : left < right ? -direction : direction;
  });
}

/** Sum of the known amounts; `null` if none is known. */
export function sumAmounts(amounts: readonly (bigint | null)[]): bigint | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : known.reduce((sum, amount) => sum + amount, 0n);
}
