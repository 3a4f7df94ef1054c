// A client made from the document alone: types by openapi-typescript, calls by openapi-fetch.
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/schema.js";

const [baseUrl = "", token = ""] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
const range = { start_date: "2026-11-01", end_date: "2026-11-30" };

const stats = await client.GET("/api/v1/stats", { params: { query: range } });
const page = await client.GET("/api/v1/usage", { params: { query: { ...range, limit: 2, model: ["b", "a"] } } });
const keys = await client.GET("/api/v1/keys");
const file = await client.GET("/api/v1/usage/export", {
  params: { query: { ...range, format: "csv" } },
  parseAs: "text",
});
const rows = await client.GET("/api/v1/usage/export", { params: { query: { ...range, format: "json" } } });
const refused = await client.GET("/api/v1/usage", { params: { query: { start_date: "never", end_date: "never" } } });

// What the types promise is used as such: this does not compile when the document says less than it should.
const cost: string | undefined = stats.data?.summary.total_cost;
const requests: number | null | undefined = page.data?.items[0]?.requests_count;
const names: string[] | undefined = keys.data?.items.map((item) => item.name);
const row: components["schemas"]["PublicUsageRow"] | undefined = page.data?.items[1];
const problem: string | undefined = refused.error?.issues?.[0]?.path;
// @ts-expect-error a parameter that is not documented
await client.GET("/api/v1/stats", { params: { query: { start: "2026-03-01" } } });
// @ts-expect-error an operation that is not documented
await client.GET("/api/v1/nothing");

process.stdout.write(
  JSON.stringify({
    cost,
    requests,
    names,
    row,
    problem,
    total: page.data?.pagination.total,
    lines: String(file.data).trim().split("\r\n").length,
    rows: Array.isArray(rows.data) ? rows.data.length : null,
    statuses: [stats, page, keys, file, rows, refused].map(({ response }) => response.status),
  }),
);
