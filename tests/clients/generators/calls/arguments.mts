/** Arguments of every call: address, API token, and the same question. */
export const [baseUrl = "", token = ""] = process.argv.slice(2);
export const headers = { Authorization: `Bearer ${token}` };
export const range = { start_date: "2026-11-01", end_date: "2026-11-30" };
export const query = { ...range, limit: 2, model: ["b", "a"] };

/** Prints what a client got: the total cost, the number of rows, and the cost of the first one. */
export const print = (
  cost: string | undefined,
  page: { items: { cost: string }[]; pagination: { total: number } } | undefined,
) => process.stdout.write(JSON.stringify({ cost, total: page?.pagination.total, first: page?.items[0]?.cost }));
