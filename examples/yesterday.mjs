// Prints the spend of yesterday (UTC), or of the given day, by model.
import { addMoney, createClient, formatMoney } from "@orwatch/sdk";

const day = process.argv[2] ?? new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const client = createClient();

/** @type {Map<string, bigint>} */
const spent = new Map();
for await (const { model, cost } of client.usage.list({ start_date: day, end_date: day }))
  spent.set(model, addMoney([spent.get(model) ?? 0n, cost]));

const mostExpensiveFirst = [...spent].sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0));
for (const [model, nanos] of mostExpensiveFirst) process.stdout.write(`${formatMoney(nanos).padStart(16)}  ${model}\n`);
process.stdout.write(`${formatMoney(addMoney([...spent.values()])).padStart(16)}  total on ${day}\n`);
