// Exports a range of days to a file, as CSV or, if its name ends with .json, as JSON.
import { createClient } from "@orwatch/sdk";

const [, , path = "usage.csv", start_date = "", end_date = start_date] = process.argv;
const format = path.endsWith(".json") ? "json" : "csv";
await createClient().usage.export({ start_date, end_date, format }).toFile(path);
process.stdout.write(`${path} has the usage from ${start_date} to ${end_date}\n`);
