import sdk = require("@orwatch/sdk");

const client: sdk.OrwatchClient = sdk.createClient({ baseUrl: "http://localhost", token: "or_api_x" });
export const costs: Promise<string[]> = client.usage
  .export({ start_date: "2026-03-01", end_date: "2026-03-31" })
  .toArray()
  .then((rows: sdk.UsageRow[]) => rows.map((row) => row.cost));
// @ts-expect-error it is a promise of numbers nowhere
export const numbers: Promise<number[]> = costs;
