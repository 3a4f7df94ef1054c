import { monitorEventLoopDelay } from "node:perf_hooks";
import { addDays, listDays } from "@orwatch/domain/day";
import { evaluateAll } from "@orwatch/server/alerts/evaluation/evaluate";
import { formatTerms, type Terms } from "@orwatch/server/alerts/rules/index";
import type { App } from "@orwatch/server/app";
import { parseConfig } from "@orwatch/server/config";
import { createKeyMemory } from "@orwatch/server/keys/memory";
import { createLog } from "@orwatch/server/platform/log";
import { addUser, NOW, openFile, randomFrom, TODAY } from "./support/file.ts";
import { median, print } from "./support/measure.ts";

/** Every rule of a full server evaluated, as after a sync: 100 users with 10 keys, 60 days of usage and 100 rules each. */
const USERS = Number(process.env.USERS ?? 100);
const RULES = 100;
const KEYS = 10;
const RUNS = 5;

const TERMS: Terms[] = [
  { kind: "spend", span: "month", amount: 10n ** 15n, eachKey: true },
  { kind: "spend", span: "day", amount: 10n ** 15n, eachKey: false },
  { kind: "unusual", times: 300, least: 10n ** 15n, eachKey: true },
  { kind: "limit_share", percents: [50, 80, 100] },
  { kind: "key_expires", days: 7 },
  { kind: "sync_stale", hours: 24 },
];

const file = await openFile();
const stopping = new AbortController();
const app = {
  ...file,
  config: parseConfig({ ENCRYPTION_KEY: "x".repeat(32), DATABASE_URL: `file:${file.file}` }),
  log: createLog({ level: "error", write: (line) => void process.stderr.write(line) }),
  stopping: stopping.signal,
  memory: { keys: createKeyMemory() },
} as unknown as App;
try {
  await file.db.write((connection) => {
    const random = randomFrom(3);
    const day = connection.prepare(
      "INSERT INTO usage_days (api_key_id, date, cost, byok_cost, counted_cost, rows, attributed, exact) VALUES (?, ?, ?, 0, 0, 1, 1, 1)",
    );
    const rule = connection.prepare(
      "INSERT INTO alert_rules (team_id, name, kind, terms, created_at, updated_at) VALUES (?, 'bench', ?, ?, ?, ?)",
    );
    const settings = connection.prepare("UPDATE teams SET default_rules_created_at = ? WHERE id = ?");
    for (let user = 0; user < USERS; user += 1) {
      const { teamId, keyIds } = addUser(connection, KEYS);
      settings.run(NOW.toISOString(), teamId);
      for (const keyId of keyIds)
        for (const date of listDays(addDays(TODAY, -59), TODAY)) day.run(keyId, date, Math.floor(random() * 5e9));
      for (let index = 0; index < RULES; index += 1) {
        const terms = TERMS[index % TERMS.length] as Terms;
        rule.run(teamId, terms.kind, formatTerms(terms), NOW.toISOString(), NOW.toISOString());
      }
    }
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const began = process.cpuUsage();
    const { users, notifications_sent } = await evaluateAll(app, { attemptedAt: NOW });
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1000);
    if (users !== USERS || notifications_sent !== 0)
      throw new Error(`${users} users, ${notifications_sent} notifications`);
  }
  delay.disable();
  print(
    `alerts: ${USERS * RULES} rules of ${USERS} users with ${KEYS} keys each, nothing new: ${median(times).toFixed(0)} ms of CPU, ${(median(times) / USERS).toFixed(2)} ms a user; the loop waited ${(delay.max / 1e6).toFixed(0)} ms at most`,
  );
} finally {
  await file.close();
}
