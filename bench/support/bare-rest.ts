// The least that can answer the same: node:http, better-sqlite3, prepared statements. Run with a file and a port.
import { createHash } from "node:crypto";
import http from "node:http";
import Database from "better-sqlite3";

const [file = "", port = "0"] = process.argv.slice(2);
const db = new Database(file, { readonly: true });
db.pragma("cache_size = -32000");

const findToken = db.prepare(
  `SELECT t.team_id, o.data_version FROM api_tokens t JOIN users u ON u.id = t.user_id JOIN teams o ON o.id = t.team_id
   WHERE t.token_hash = ? AND t.is_active AND u.is_active`,
);
const KEYS = "SELECT id FROM api_keys WHERE team_id = ?";
const stats = db
  .prepare(
    `SELECT sum(requests) AS requests, sum(cost) AS cost, sum(byok_cost) AS byok, sum(tokens_input) AS input, sum(tokens_output) AS output
     FROM usage_days WHERE api_key_id IN (${KEYS}) AND date BETWEEN ? AND ?`,
  )
  .safeIntegers(true);
const days = db.prepare(
  `SELECT date, sum(rows) AS rows FROM usage_days WHERE api_key_id IN (${KEYS}) AND date BETWEEN ? AND ? AND rows > 0
   GROUP BY date ORDER BY date DESC`,
);
const page = db
  .prepare(
    `SELECT s.date, s.api_key_id, k.name, s.model, s.requests_count, s.tokens_input, s.tokens_output, s.cost, s.byok_cost
     FROM usage_stats s JOIN api_keys k ON k.id = s.api_key_id WHERE s.api_key_id IN (${KEYS}) AND s.date BETWEEN ? AND ?
     ORDER BY s.date DESC, k.name, s.model, s.api_key_id LIMIT ?`,
  )
  .safeIntegers(true);

const syncs = db.prepare(
  "SELECT min(last_synced_at) AS as_of, min(complete_through) AS complete_through FROM api_keys WHERE team_id = ? AND is_active",
);
function syncState(teamId: number) {
  const { as_of, complete_through } = syncs.get(teamId) as { as_of: string | null; complete_through: string | null };
  return { as_of: as_of && new Date(as_of).toISOString(), complete_through };
}

/** The rows of the bench have no details. */
const NO_DETAILS = {
  reasoning_tokens: null,
  cached_tokens: null,
  byok_requests: null,
  upstream_cost: null,
  cache_saving: null,
  data_discount: null,
  web_search_cost: null,
};

function usd(nanos: bigint): string {
  const text = nanos.toString().padStart(10, "0");
  return `${text.slice(0, -9)}.${text.slice(-9).replace(/0{1,7}$/, "")}`;
}

function answer(teamId: number, url: URL): string | null {
  const from = url.searchParams.get("start_date") ?? "";
  const through = url.searchParams.get("end_date") ?? "";
  if (url.pathname === "/api/v1/stats") {
    const row = stats.get(teamId, from, through) as Record<"requests" | "cost" | "byok" | "input" | "output", bigint>;
    return JSON.stringify({
      summary: {
        requests: Number(row.requests),
        cost: usd(row.cost),
        tokens: Number(row.input + row.output),
        tokens_input: Number(row.input),
        tokens_output: Number(row.output),
        byok_cost: usd(row.byok),
        total_requests: Number(row.requests),
        total_cost: usd(row.cost),
        total_tokens: Number(row.input + row.output),
        total_tokens_input: Number(row.input),
        total_tokens_output: Number(row.output),
      },
      period: {
        start_date: from,
        end_date: through,
        days: (Date.parse(through) - Date.parse(from)) / 86_400_000 + 1,
      },
      ...syncState(teamId),
    });
  }
  if (url.pathname !== "/api/v1/usage") return null;
  const limit = Number(url.searchParams.get("limit"));
  let [total, oldest] = [0, through];
  for (const day of days.all(teamId, from, through) as { date: string; rows: number }[]) {
    if (total < limit) oldest = day.date;
    total += day.rows;
  }
  // biome-ignore lint/suspicious/noExplicitAny: rows as they come
  const items = (page.all(teamId, oldest, through, limit) as any[]).map((row) => ({
    date: row.date,
    api_key_id: Number(row.api_key_id),
    api_key_name: row.name,
    model: row.model,
    requests: Number(row.requests_count),
    requests_count: Number(row.requests_count),
    tokens_input: Number(row.tokens_input),
    tokens_output: Number(row.tokens_output),
    cost: usd(row.cost),
    byok_cost: usd(row.byok_cost),
    kind: null,
    account_id: null,
    ...NO_DETAILS,
  }));
  const last = items.at(-1);
  const position = last && [last.date, last.api_key_name, last.model, last.api_key_id];
  return JSON.stringify({
    items,
    next_cursor: total > limit ? Buffer.from(JSON.stringify(position)).toString("base64url") : null,
    pagination: { page: 1, limit, total, pages: Math.ceil(total / limit) },
    ...syncState(teamId),
  });
}

http
  .createServer((req, res) => {
    const token = (req.headers.authorization ?? "").slice("Bearer ".length);
    const owner = findToken.get(createHash("sha256").update(token).digest("hex")) as
      | { team_id: number; data_version: number }
      | undefined;
    if (!owner) return void res.writeHead(401).end();
    const body = answer(owner.team_id, new URL(req.url ?? "/", "http://localhost"));
    if (body === null) return void res.writeHead(404).end();
    res
      .writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(body) })
      .end(body);
  })
  .listen(Number(port), "127.0.0.1");
