// What finding the team of a request costs a read: the server beside itself with the membership known in advance, in turns. Fails if
// a read is more than 5% slower.

import { rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { App } from "@orwatch/server/app";
import { createSession } from "@orwatch/server/auth/sessions/session";
import { parseConfig } from "@orwatch/server/config";
import { createContext } from "@orwatch/server/http/context";
import { createLog } from "@orwatch/server/platform/log";
import { appRouter } from "@orwatch/server/router";
import { openApp } from "@orwatch/server/start";
import Database from "better-sqlite3";
import { addTeam, makeFile, NOW, TODAY } from "./support/file.ts";
import { fillUsers } from "./support/fill-users.ts";
import { ms, percentile, print, type Times } from "./support/measure.ts";

const RUNS = Number(process.env.RUNS ?? 1000);
const MAX_RATIO = 1.05;
const TEAMS = 50;
/** Other load on the machine only adds time, so the faster requests are compared. */
const UNDISTURBED = 0.1;

const { folder, file } = await makeFile();
const connection = new Database(file);
connection.pragma("journal_mode = WAL");
connection.exec("BEGIN");
fillUsers(connection, 2);
const { userId, teamId } = connection
  .prepare("SELECT personal_user_id AS userId, id AS teamId FROM teams LIMIT 1")
  .get() as { userId: number; teamId: number };
// The user is in as many teams as a user can be.
for (let n = 1; n < TEAMS; n += 1) {
  const other = connection
    .prepare("INSERT INTO users (email, password_hash, updated_at) VALUES (?, '-', ?) RETURNING id")
    .get(`other${n}@example.com`, NOW.toISOString()) as { id: number };
  connection
    .prepare("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES (?, ?, 'admin', ?)")
    .run(addTeam(connection, other.id), userId, NOW.toISOString());
}
connection.exec("COMMIT");
connection.close();

const { app, close } = await openApp(
  parseConfig({
    DATABASE_URL: `file:${file}`,
    BACKUP_DIR: folder,
    ENCRYPTION_KEY: "a-key-for-the-bench-of-more-than-32-characters",
    SESSION_EXPIRATION_HOURS: "8760",
  }),
  {
    log: createLog({ level: "error", write: () => {} }),
    clock: { now: () => NOW, monotonicMs: () => performance.now(), sleep: () => Promise.resolve() },
  },
);
const origin = { address: "127.0.0.1", userAgent: null };
const { sessionId } = await createSession(app, { userId, origin });

const LOOKUP =
  /FROM memberships WHERE user_id = \? AND team_id = \?|FROM memberships WHERE user_id = :userId AND team_id = coalesce/;
const prepare = (sql: string) =>
  LOOKUP.test(sql) ? { get: () => ({ teamId, role: "owner" }) } : app.db.reader.prepare(sql);
/** The same app, to which the membership is known without a query. */
const reader = Object.create(app.db.reader, { prepare: { value: prepare } }) as App["db"]["reader"];
const known: App = { ...app, db: Object.create(app.db, { reader: { value: reader } }) as App["db"] };

/** A request over /trpc, from its headers on, without a connection. */
async function callerOf(on: App, team: number | null) {
  const headers = { cookie: `orwatch_session=${sessionId}`, ...(team === null ? {} : { "x-team-id": String(team) }) };
  const context = await createContext(on, {
    req: { method: "GET", headers } as unknown as IncomingMessage,
    res: { appendHeader: () => {}, setHeader: () => {} } as unknown as ServerResponse,
    transport: "trpc",
    arrival: { requestId: "r", ...origin } as Parameters<typeof createContext>[1]["arrival"],
  });
  return appRouter.createCaller(context);
}
type Caller = Awaited<ReturnType<typeof callerOf>>;

const range = { start_date: "2026-02-09", end_date: TODAY };
const READS: Record<string, (caller: Caller) => Promise<unknown>> = {
  "keys.names": (caller) => caller.keys.names({}),
  "stats.dashboard": (caller) => caller.stats.dashboard({ days: 30 }),
  "stats.table by model": (caller) => caller.stats.table({ ...range, group_by: ["model"] }),
};

let isSlow = false;
for (const [name, read] of Object.entries(READS))
  for (const team of [null, teamId]) {
    const times: Record<"ours" | "bare", Times> = { ours: [], bare: [] };
    for (let run = -RUNS / 2; run < RUNS; run += 1)
      for (const side of run % 2 === 0 ? (["ours", "bare"] as const) : (["bare", "ours"] as const)) {
        const start = performance.now();
        await read(await callerOf(side === "ours" ? app : known, team));
        if (run >= 0) times[side].push(performance.now() - start);
      }
    for (const side of Object.values(times)) side.sort((a, b) => a - b);
    const [ours, bare] = [times.ours, times.bare].map((side) => percentile(side, UNDISTURBED)) as [number, number];
    const place = team === null ? "default team" : "X-Team-Id";
    print(`${`${name}, ${place}`.padEnd(36)}ours ${ms(ours)}   known ${ms(bare)}   ratio ${(ours / bare).toFixed(3)}`);
    isSlow ||= ours / bare > MAX_RATIO;
  }
await close();
rmSync(folder, { recursive: true, force: true });
if (isSlow) {
  print(`a read is more than ${Math.round((MAX_RATIO - 1) * 100)}% slower`);
  process.exitCode = 1;
}
