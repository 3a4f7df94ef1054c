// The least that can answer the same questions: node:http, better-sqlite3, a prepared statement or two for each, no checks, no sync.
import { createHash, scrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import http, { type ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { openBare } from "../support/bare-dashboard.ts";
import { dayBefore } from "./kinds.ts";

const [file = "", page = "", port = "0"] = process.argv.slice(2);
const db = new Database(file, { readonly: true });
db.pragma("cache_size = -32000");
const html = readFileSync(page);
const hash = promisify(scrypt);

const users = new Map(
  (
    db.prepare("SELECT t.id, u.email FROM users u JOIN teams t ON t.personal_user_id = u.id").all() as {
      id: number;
      email: string;
    }[]
  ).map(({ id, email }) => [email, id]),
);
const findToken = db.prepare("SELECT team_id FROM api_tokens WHERE token_hash = ?").pluck();
const OWN = "api_key_id IN (SELECT id FROM api_keys WHERE team_id = ?)";
const stats = db.prepare(
  `SELECT sum(requests), sum(cost), sum(tokens_input), sum(tokens_output) FROM usage_days WHERE ${OWN} AND date BETWEEN ? AND ?`,
);
const keys = db.prepare("SELECT * FROM api_keys WHERE team_id = ? ORDER BY id DESC LIMIT 20");
const rows = db.prepare(
  `SELECT * FROM usage_stats WHERE ${OWN} AND date BETWEEN ? AND ? ORDER BY date DESC, model, api_key_id LIMIT ? OFFSET ?`,
);
const ofDay = db.prepare(`SELECT * FROM usage_stats WHERE ${OWN} AND date = ? ORDER BY model, api_key_id`).raw(true);
const GROUPS: Record<string, string> = { day: "date", model: "model", key: "api_key_id" };
const dashboards = new Map<number, ReturnType<typeof openBare>>();

function dashboard(teamId: number, input: object): unknown {
  let open = dashboards.get(teamId);
  if (!open) {
    open = openBare(db, { teamId, today: dayBefore(0) });
    dashboards.set(teamId, open);
  }
  return open(input as never)();
}

async function exportRows(res: ServerResponse, teamId: number, from: string, through: string): Promise<void> {
  res.setHeader("Content-Type", "text/csv");
  for (let day = 0; ; day += 1) {
    const date = dayBefore(day);
    if (date < from) break;
    if (date > through) continue;
    res.write((ofDay.all(teamId, date) as unknown[][]).map((row) => `${row.join(",")}\r\n`).join(""));
    await setImmediate();
  }
  res.end();
}

function answer(teamId: number, url: URL): unknown {
  const input = JSON.parse(url.searchParams.get("input") ?? "{}");
  const [from, through] = [
    url.searchParams.get("start_date") ?? dayBefore(29),
    url.searchParams.get("end_date") ?? dayBefore(0),
  ];
  switch (url.pathname) {
    case "/trpc/stats.dashboard":
      return dashboard(teamId, input);
    case "/trpc/keys.list":
      return keys.all(teamId);
    case "/trpc/stats.table": {
      const by = (input.group_by as string[]).map((name) => GROUPS[name]).join(", ");
      const source = input.group_by.includes("key") ? ["usage_stats", OWN] : ["usage_models", "team_id = ?"];
      return db
        .prepare(
          `SELECT ${by}, sum(cost), sum(tokens_input), sum(tokens_output) FROM ${source[0]} WHERE ${source[1]} AND date BETWEEN ? AND ? GROUP BY ${by} LIMIT 100`,
        )
        .all(teamId, input.start_date, input.end_date);
    }
    case "/api/v1/stats":
      return stats.get(teamId, from, through);
    default:
      return rows.all(teamId, from, through, 100, (Number(url.searchParams.get("page")) - 1) * 100);
  }
}

http
  .createServer(async (req, res) => {
    const url = new URL(req.url ?? "/", "http://localhost");
    if (url.pathname === "/dashboard") return void res.end(html);
    if (url.pathname === "/trpc/auth.signIn") {
      let body = "";
      for await (const chunk of req) body += chunk;
      const { email, password } = JSON.parse(body);
      await hash(password, email, 32);
      return void res.setHeader("Set-Cookie", `id=${users.get(email)}`).end("{}");
    }
    const token = (req.headers.authorization ?? "").slice("Bearer ".length);
    const teamId = token
      ? (findToken.get(createHash("sha256").update(token).digest("hex")) as number)
      : Number(/id=(\d+)/.exec(req.headers.cookie ?? "")?.[1]);
    if (url.pathname === "/api/usage/export")
      return exportRows(res, teamId, url.searchParams.get("start_date") ?? "", url.searchParams.get("end_date") ?? "");
    res.setHeader("Content-Type", "application/json").end(JSON.stringify(answer(teamId, url)));
  })
  .listen(Number(port), "127.0.0.1", () => process.stdout.write("ready at http://bare\n"));
