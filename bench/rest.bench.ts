// GET /api/v1/stats and /api/v1/usage?limit=100 beside a bare node:http + better-sqlite3 server on the same file, in turns.
// USERS=100 (10 million rows) SECONDS=5 npx tsx bench/rest.bench.ts
import { rmSync } from "node:fs";
import path from "node:path";
// @ts-expect-error it has no types
import autocannon from "autocannon";
import Database from "better-sqlite3";
import { makeFile, TODAY } from "./support/file.ts";
import { fillUsers } from "./support/fill-users.ts";
import { print } from "./support/measure.ts";
import { freePort, start, startBuilt } from "./support/server.ts";

const USERS = Number(process.env.USERS ?? 10);
const SECONDS = Number(process.env.SECONDS ?? 3);
const TURNS = Number(process.env.TURNS ?? 2);

const { folder, file } = await makeFile();
const connection = new Database(file);
connection.pragma("journal_mode = WAL");
const filled = performance.now();
connection.exec("BEGIN");
const { tokens, rows } = fillUsers(connection, USERS);
connection.exec("COMMIT");
connection.close();
print(
  `${rows.toLocaleString("en")} rows of ${USERS} users, filled in ${Math.round((performance.now() - filled) / 1000)} s`,
);

const server = await startBuilt({ file, folder });
const bare = `http://127.0.0.1:${await freePort()}`;
const ours = server.url;
const children = [
  server.child,
  await start(
    ["--import", "tsx", path.join(import.meta.dirname, "support/bare-rest.ts"), file, new URL(bare).port],
    {},
    bare,
  ),
];

interface Result {
  rps: number;
  p99: number;
}
interface Variant {
  name: string;
  headers(token: string, url: string): Promise<Record<string, string>>;
  /** Asks for something else each time, so that no response is kept. */
  isFresh?: boolean;
}

const range = `start_date=2026-02-09&end_date=${TODAY}`;
const TARGETS = [`/api/v1/stats?${range}`, `/api/v1/usage?${range}&limit=100`];
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const VARIANTS: Variant[] = [
  { name: "not cached", headers: async (token) => bearer(token), isFresh: true },
  { name: "asked again", headers: async (token) => bearer(token) },
  {
    name: "If-None-Match",
    async headers(token, url) {
      const etag = (await fetch(url, { headers: bearer(token) })).headers.get("etag");
      return { ...bearer(token), ...(etag ? { "if-none-match": etag } : {}) };
    },
  },
];

let counter = 0;
/** The same request in another spelling: some digits of both days percent-encoded, in one of 65,536 ways. */
function respell(target: string): string {
  counter += 1;
  let digit = 0;
  return target.replace(/(?<=_date=[\d-]*)\d/g, (character) =>
    (counter >> digit++) & 1 ? `%3${character}` : character,
  );
}

async function measure(base: string, target: string, variant: Variant, connections: number): Promise<Result> {
  const requests = await Promise.all(
    tokens.slice(0, 20).map(async (token) => ({
      path: target,
      headers: await variant.headers(token, base + target),
      ...(variant.isFresh
        ? { setupRequest: (request: { path?: string }) => ({ ...request, path: respell(target) }) }
        : {}),
    })),
  );
  // Node takes one new connection a turn of its loop, so the first request of each of a hundred waits for the other ninety-nine.
  // A run must be long enough for these to be less than the hundredth that p99 looks at.
  const duration = connections >= 100 && variant.isFresh ? SECONDS * 7 : SECONDS;
  const result = await autocannon({ url: base, connections, duration, requests: requests as never });
  if (result.errors > 0 || result["4xx"] + result["5xx"] > 0) throw new Error(`${base}${target} failed`);
  return { rps: result.requests.total / result.duration, p99: result.latency.p99 };
}

try {
  for (const target of TARGETS) {
    const [mine, theirs] = await Promise.all(
      [ours, bare].map(async (base) => (await fetch(base + target, { headers: bearer(tokens[0] ?? "") })).text()),
    );
    if (mine !== theirs)
      throw new Error(`the two do not answer ${target} alike\n${mine?.slice(0, 400)}\n${theirs?.slice(0, 400)}`);
    print(`\n${target.replace(/\?.*limit/, "?limit").replace(/\?start.*/, "")} (${mine?.length} bytes)`);
    // Both compile what they run first; that is not what is measured.
    for (const base of [ours, bare]) await measure(base, target, VARIANTS[0] as Variant, 10);
    for (const variant of VARIANTS)
      for (const connections of [1, 10, 100]) {
        const [sums, bareSums]: [Result, Result] = [
          { rps: 0, p99: 0 },
          { rps: 0, p99: 0 },
        ];
        for (let turn = 0; turn < TURNS; turn += 1)
          for (const [base, sum] of turn % 2 === 0
            ? [[bare, bareSums] as const, [ours, sums] as const]
            : [[ours, sums] as const, [bare, bareSums] as const]) {
            const { rps, p99 } = await measure(base, target, variant, connections);
            sum.rps += rps / TURNS;
            sum.p99 += p99 / TURNS;
          }
        print(
          `  ${variant.name.padEnd(14)} ${String(connections).padStart(3)} connections: ${Math.round(sums.rps)} : ${Math.round(bareSums.rps)} requests/s = ${(sums.rps / bareSums.rps).toFixed(2)}, p99 ${sums.p99.toFixed(1)} : ${bareSums.p99.toFixed(1)} ms`,
        );
      }
  }
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
