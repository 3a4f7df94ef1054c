// The whole product with an OpenRouter simulator: a realistic year of an account with 40 keys, without real data or internet access.
import "./lib/help.mjs";
import { spawn } from "node:child_process";
import http from "node:http";
import { createRequire } from "node:module";
import net from "node:net";
import { createInterface } from "node:readline";
import { prepare } from "./build.mjs";
import { loadEnv } from "./lib/env.mjs";
import { main, runBundle, Stop, secondsSince } from "./lib/run.mjs";

const USER = { email: "demo@example.com", password: "Look-Around-42" };
const SYNC_MS = 900_000;
/** Keys with a recent month that are enough to look around: the most expensive come first. */
const FIRST_KEYS = 10;

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

/** Starts the simulator; it ends with this process. */
async function startSimulator() {
  const port = (await isFree(4010)) ? 4010 : 0;
  const args = [
    "--import",
    "tsx",
    "packages/openrouter-sim/src/main.ts",
    "--port",
    String(port),
    "--keys",
    "40",
    "--workspaces",
    "4",
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise((resolve) => {
    lines.once("line", resolve);
    child.once("exit", () => resolve(null));
  });
  if (line === null) throw new Stop("the OpenRouter simulator did not start.");
  return JSON.parse(line);
}

function createClient(base) {
  let credential = null;
  const call = async (method, path, body) => {
    const response = await fetch(`${base}/api${path}`, {
      method,
      headers: {
        ...(credential ? { authorization: `Bearer ${credential}` } : {}),
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  };
  return {
    call,
    async logIn() {
      await call("POST", "/auth/register", { ...USER, password_confirm: USER.password });
      const { status, body } = await call("POST", "/auth/login", USER);
      if (status !== 200)
        throw new Stop(`cannot log in (${body?.message ?? status}); delete data/demo.db and start it again.`);
      credential = body.access_token;
    },
  };
}

/** Adds the account with its management key, unless it is there already, and has changes of its keys notified. */
async function addAccount({ call }, { managementKey }) {
  const { status, body } = await call("POST", "/accounts", { name: "Acme", key: managementKey });
  if (status !== 201 && status !== 409) throw new Stop(`the account could not be added: ${body?.message ?? status}`);
  const id = status === 201 ? body.id : (await call("GET", "/accounts")).body.items[0].id;
  await call("PUT", `/accounts/${id}`, { notify_on_key_changes: true });
  return id;
}

/** Takes every message with "200", as a receiver of webhooks would; it ends with this process. */
async function startReceiver() {
  const server = http.createServer((req, res) => req.resume().on("end", () => res.end("Thanks, says the demo.")));
  const port = (await isFree(4011)) ? 4011 : 0;
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}/alerts`;
}

/** One channel that works and one that does not, and rules that have something to say; once for each demo database. */
async function addAlerts({ call }, receiverUrl) {
  const { body } = await call("GET", "/channels");
  if (body.total > 0) return;
  const made = [
    ["/channels", { kind: "webhook", name: "On call", url: receiverUrl }],
    ["/channels", { kind: "ntfy", name: "Phone (unreachable)", url: "http://127.0.0.1:9", topic: "orwatch-demo" }],
    ["/alerts/rules", { name: "Month above $20", kind: "spend", span: "month", amount: "20.00" }],
    ["/alerts/rules", { name: "A key above $1 a day", kind: "spend", span: "day", amount: "1.00", each_key: true }],
  ];
  for (const [path, fields] of made) {
    const { status, body: answer } = await call("POST", path, fields);
    if (status !== 201) throw new Stop(`${fields.name} could not be added: ${answer?.message ?? status}`);
  }
}

/** Waits until the account meets a condition, and returns it. */
async function waitForAccount({ call }, id, isReady) {
  const deadline = performance.now() + SYNC_MS;
  while (performance.now() < deadline) {
    const { body } = await call("GET", `/accounts/${id}`);
    if (body.last_synced_at !== null && isReady(body)) return body;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Stop("the first sync took too long.");
}

const CREDIT_DAYS = 60;
const DAY_MS = 86_400_000;
const PURCHASE = 100_000_000_000n;
/** Credits are bought when less is left. */
const LEAST = 25_000_000_000n;

/** Gives the account two months of credits, as if orwatch had read them every midnight. Does nothing when there are earlier readings, as after a restart of the demo. */
function addCreditsHistory(db, accountId) {
  const last = db
    .prepare("SELECT at, total_nanos, used_nanos FROM account_credits WHERE account_id = ? ORDER BY at DESC LIMIT 1")
    .safeIntegers(true)
    .get(accountId);
  if (!last) return;
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const spent = new Map(
    db
      .prepare(
        `SELECT d.date, sum(d.cost) AS cost FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id
         WHERE k.account_id = ? AND k.kind <> 'management' GROUP BY d.date`,
      )
      .safeIntegers(true)
      .all(accountId)
      .map(({ date, cost }) => [date, cost]),
  );
  const insert = db.prepare("INSERT OR IGNORE INTO account_credits VALUES (?, ?, ?, ?, ?)");
  let used = last.used_nanos;
  db.transaction(() => {
    const earlier = db.prepare("SELECT count(*) FROM account_credits WHERE account_id = ? AND at < ?").pluck();
    if (earlier.get(accountId, new Date(today).toISOString()) > 0) return;
    for (let day = 0; day < CREDIT_DAYS; day++) {
      const midnight = today - day * DAY_MS;
      used -= spent.get(new Date(midnight).toISOString().slice(0, 10)) ?? 0n;
      const at = new Date(midnight + 5_000).toISOString().replace("Z", "+00:00");
      const left = last.total_nanos - used - LEAST;
      insert.run(accountId, at, at, last.total_nanos - (left / PURCHASE) * PURCHASE, used);
    }
    db.prepare("UPDATE teams SET data_version = data_version + 1").run();
  })();
}

/** A change of a key as orwatch stores it. */
function toMessage({ name: key, change }) {
  if (change.kind === "renamed") return { code: "account_key_renamed", params: { key, before: change.before } };
  if (change.kind === "limit")
    return { code: "account_key_limit_changed", params: { key, limit: change.limit, before: change.before } };
  return { code: `account_key_${change.kind}`, params: { key } };
}

/** Gives the account the changes of its keys, as if orwatch had listed them for two months. Does nothing if it has them, as after a restart of the demo. */
function addKeyHistory(db, accountId, changes) {
  const events = db.prepare("SELECT at, key_hash, message FROM account_events WHERE account_id = ?").all(accountId);
  if (changes.length === 0 || events.some(({ message }) => message.includes("account_key_renamed"))) return;
  const found = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - CREDIT_DAYS * DAY_MS + 5_000);
  const toInstant = (at) => new Date(at).toISOString().replace("Z", "+00:00");
  const all = [
    ...events.map((event) =>
      event.message.includes("account_keys_found") ? { ...event, at: toInstant(found) } : event,
    ),
    ...changes.map((change) => ({
      at: toInstant(change.at),
      key_hash: change.hash,
      message: JSON.stringify(toMessage(change)),
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  const insert = db.prepare("INSERT INTO account_events (account_id, at, key_hash, message) VALUES (?, ?, ?, ?)");
  db.transaction(() => {
    // The history is ordered by ID.
    db.prepare("DELETE FROM account_events WHERE account_id = ?").run(accountId);
    for (const { at, key_hash, message } of all) insert.run(accountId, at, key_hash, message);
  })();
}

/** Runs `work` with the database of the demo. */
function withDatabase(file, work) {
  // Not installed yet when the script starts.
  const Database = createRequire(new URL("../packages/db/package.json", import.meta.url))("better-sqlite3");
  const db = new Database(file);
  try {
    work(db);
  } finally {
    db.close();
  }
}

await main("The demo cannot start: ", async () => {
  const { ENCRYPTION_KEY } = loadEnv();
  await prepare("app");
  const start = performance.now();
  const simulator = await startSimulator();
  const port = process.env.PORT || "3000";
  const isServing = await runBundle("main.js", {
    ENCRYPTION_KEY,
    PORT: port,
    DATABASE_URL: "file:./data/demo.db",
    BACKUP_DIR: "./data/demo-backups",
    OPENROUTER_API_URL: simulator.url,
    MAX_API_KEYS_PER_USER: "100",
    ALLOW_REGISTRATION: "true",
    ALLOW_PRIVATE_WEBHOOKS: "true,127.0.0.0/8",
    LOG_LEVEL: "warn",
  });
  if (!isServing) process.exit(1);
  const client = createClient(`http://127.0.0.1:${port}`);
  await client.logIn();
  await addAlerts(client, await startReceiver());
  const id = await addAccount(client, simulator);
  const account = await waitForAccount(
    client,
    id,
    ({ backfill }) => backfill.recent >= Math.min(FIRST_KEYS, backfill.total),
  );
  const url = `http://localhost:${port}`;
  console.log(`
The demo is ready: ${account.keys_total} keys in ${account.workspaces.length} workspaces, found with one management key in ${secondsSince(start)}.

  Open        ${url}/dashboard
  Log in as   ${USER.email}
  Password    ${USER.password}

  Then look at ${url}/accounts?part=reconciliation (every dollar, reconciled),
  ${url}/keys (counters, limits, "sync now") and ${url}/stats (filters, export).
  An OpenRouter simulator runs at ${simulator.url} and keeps spending. No data is real. Ctrl-C stops both.
  A year of history is read in the background.
`);
  await waitForAccount(
    client,
    id,
    ({ backfill, coverage_percent }) => backfill.done === backfill.total && coverage_percent !== null,
  );
  withDatabase("data/demo.db", (db) => {
    addKeyHistory(db, id, simulator.changes);
    addCreditsHistory(db, id);
  });
  console.log("The history is complete.");
});
