import { readFileSync } from "node:fs";
import converter from "openapi-to-postmanv2";

const [baseUrl, token] = process.argv.slice(2);
const data = readFileSync("openapi.json", "utf8");
const collection = await new Promise((resolve, reject) =>
  converter.convertV2({ type: "string", data }, { folderStrategy: "Tags" }, (error, answer) =>
    error || !answer.result ? reject(error ?? new Error(answer.reason)) : resolve(answer.output[0].data),
  ),
);
const requests = [collection].flatMap(function walk({ item = [], request, name }) {
  return request ? [{ name, request }] : item.flatMap(walk);
});

/** Sends a request of the collection as Postman does: with the parameters that are on, and the variable of the address. */
async function send(path, values) {
  const found = requests.find(({ request }) => request.url.path.join("/") === path);
  const query = new URLSearchParams(
    found.request.url.query.flatMap(({ key, disabled }) =>
      key in values ? [values[key]].flat().map((value) => [key, String(value)]) : disabled ? [] : [],
    ),
  );
  const response = await fetch(`${baseUrl}/${path}?${query}`, {
    method: found.request.method,
    headers: { Authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

const range = { start_date: "2026-11-01", end_date: "2026-11-30" };
const stats = await send("api/v1/stats", range);
const page = await send("api/v1/usage", { ...range, limit: 2 });
process.stdout.write(
  JSON.stringify({
    cost: stats.summary.total_cost,
    total: page.pagination.total,
    first: page.items[0].cost,
    requests: requests.length,
  }),
);
