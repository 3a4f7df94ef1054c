// What the cache of prepared statements saves: the server's own connection beside one that prepares at every call, in turns.
import { createHash } from "node:crypto";
import { addDays } from "@orwatch/domain/day";
import { type Selection, sumByKey, sumByModel } from "@orwatch/server/stats/selection";
import Database from "better-sqlite3";
import { addUser, NOW, openFile, TODAY } from "./support/file.ts";
import { describe, interleave, median, print } from "./support/measure.ts";

const RUNS = 2_000;
const MODELS = 5;
const DAYS = 30;

const bench = await openFile();
const session = createHash("sha256").update("session").digest("hex");
const { teamId } = await bench.db.write((connection) => {
  const user = addUser(connection, 4);
  const [day, model] = [
    connection.prepare(
      `INSERT INTO usage_days (api_key_id, date, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, rows, attributed, exact)
       VALUES (?, ?, 500, 0, 50, 500, 500, 500, 5, 1, 1)`,
    ),
    connection.prepare(
      `INSERT INTO usage_models (team_id, date, model, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, counted_rows, rows)
       VALUES (?, ?, ?, 400, 0, 40, 400, 400, 400, 4, 4)`,
    ),
  ];
  for (let back = 0; back < DAYS; back += 1) {
    const date = addDays(TODAY, -back);
    for (const id of user.keyIds) day.run(id, date);
    for (let index = 0; index < MODELS; index += 1) model.run(user.teamId, date, `vendor/model-${index}`);
  }
  const at = NOW.toISOString().replace("Z", "+00:00");
  connection
    .prepare(
      "INSERT INTO sessions (id, public_id, user_id, expires_at, created_at, last_used_at) VALUES (?, 1, ?, ?, ?, ?)",
    )
    .run(session, user.userId, "2027-01-01T00:00:00.000+00:00", at, at);
  return user;
});
const plain = new Database(bench.file, { readonly: true });
plain.pragma("busy_timeout = 5000");
plain.pragma("cache_size = -32000");

const selection: Selection = {
  teamId,
  period: { from: addDays(TODAY, 1 - DAYS), through: TODAY, days: DAYS },
  keyIds: null,
  models: null,
};
const sides = {
  ours: { db: bench.db, clock: bench.clock },
  bare: { db: { ...bench.db, reader: plain }, clock: bench.clock },
};
type Side = (typeof sides)[keyof typeof sides];

const READS: Record<string, (side: Side) => unknown> = {
  "session of a request": ({ db }) =>
    db.reader
      .prepare(
        `SELECT s.user_id, s.expires_at, s.created_at, s.last_used_at, s.reauthenticated_at, u.is_admin,
           u.totp_secret IS NOT NULL AS has_second_factor
         FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ? AND u.is_active`,
      )
      .get(session),
  "version of a team's data": ({ db }) =>
    db.reader.prepare("SELECT data_version FROM teams WHERE id = ?").pluck().get(teamId),
  "cost by model, 30 days": (side) => sumByModel(side, selection, "roll-up"),
  "cost by key, 30 days": (side) => sumByKey(side, selection),
};

print(
  `${Object.keys(READS).length} reads; ours keeps its statements, bare prepares at each call; ${RUNS} runs in turns`,
);
let slower = 0;
for (const [name, read] of Object.entries(READS)) {
  if (JSON.stringify(read(sides.ours), replacer) !== JSON.stringify(read(sides.bare), replacer))
    throw new Error(`${name}: the two do not answer alike`);
  const times = interleave({ ours: () => read(sides.ours), bare: () => read(sides.bare) }, { runs: RUNS });
  print(describe(name, times));
  if (median(times.ours) > median(times.bare)) slower += 1;
}
plain.close();
await bench.close();
if (slower > 0) throw new Error(`${slower} of them are slower with the cache`);

function replacer(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
