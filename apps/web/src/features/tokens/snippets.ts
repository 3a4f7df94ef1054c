/** Ready to run against the server at `origin`, with the token in the environment. */
export const snippetsFor = ({ origin, from, through }: { origin: string; from: string; through: string }) => ({
  curl: `curl -H "Authorization: Bearer $ORWATCH_TOKEN" \\
  "${origin}/api/v1/stats?start_date=${from}&end_date=${through}"`,
  csv: `curl -H "Authorization: Bearer $ORWATCH_TOKEN" -o usage.csv \\
  "${origin}/api/v1/usage/export.csv?start_date=${from}&end_date=${through}"`,
  sdk: `import { createClient } from "@orwatch/sdk";

const client = createClient({
  baseUrl: "${origin}",
  token: process.env.ORWATCH_TOKEN,
});
const { summary } = await client.stats.get({
  start_date: "${from}",
  end_date: "${through}",
});
console.log(summary.cost);`,
});

/** Duration in the largest whole unit: 3600 seconds are an hour. */
export function wholeUnit(seconds: number): { unit: "hours" | "minutes" | "seconds"; count: number } {
  if (seconds % 3600 === 0) return { unit: "hours", count: seconds / 3600 };
  if (seconds % 60 === 0) return { unit: "minutes", count: seconds / 60 };
  return { unit: "seconds", count: seconds };
}
