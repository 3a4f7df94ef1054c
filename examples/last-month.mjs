// Prints the spend of last month (UTC), or of the given month, by model as a table.
import { addMoney, createClient, formatMoney } from "@orwatch/sdk";

const today = new Date();
const lastMonth = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1)).toISOString().slice(0, 7);
const month = process.argv[2] ?? lastMonth;
const [year = 0, number = 0] = month.split("-").map(Number);
const lastDay = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);

const sums = await createClient().usage.sum({ by: "model", start_date: `${month}-01`, end_date: lastDay });
const table = [
  ["cost in USD", "requests", "model"],
  ...sums.map(({ model, requests, cost }) => [cost, requests ?? "unknown", model]),
  [formatMoney(addMoney(sums.map(({ cost }) => cost))), "", `total in ${month}`],
];
for (const [cost, requests, model] of table)
  process.stdout.write(`${String(cost).padStart(16)}  ${String(requests).padStart(10)}  ${model}\n`);
