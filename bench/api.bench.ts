// What compression saves and costs for REST and exports, and what `sort` costs without `group_by`: variants of a request in turns.
// RUNS=30 npx tsx bench/api.bench.ts
import { rmSync } from "node:fs";
import { Agent, get } from "node:http";
import Database from "better-sqlite3";
import { makeFile, TODAY } from "./support/file.ts";
import { fillUsers } from "./support/fill-users.ts";
import { median, ms, percentile, print, type Times } from "./support/measure.ts";
import { startBuilt } from "./support/server.ts";

const RUNS = Number(process.env.RUNS ?? 20);
const agent = new Agent({ keepAlive: true });

const { folder, file } = await makeFile();
const connection = new Database(file);
connection.pragma("journal_mode = WAL");
connection.exec("BEGIN");
const { tokens, rows } = fillUsers(connection, 1);
connection.exec("COMMIT");
connection.close();
const { url, child } = await startBuilt({ file, folder });

/** Bytes of the body as it was sent, and its encoding. */
const send = (target: string, encoding: string) =>
  new Promise<{ bytes: number; encoding: string }>((resolve, reject) => {
    const headers = { authorization: `Bearer ${tokens[0]}`, "accept-encoding": encoding };
    get(url + target, { agent, headers }, (res) => {
      let bytes = 0;
      res.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      res.on("error", reject);
      res.on("end", () =>
        res.statusCode === 200
          ? resolve({ bytes, encoding: res.headers["content-encoding"] ?? "identity" })
          : reject(new Error(`${target}: ${res.statusCode}`)),
      );
    }).on("error", reject);
  });

let counter = 0;
/** The same request in another spelling, so that no response is kept. */
function respell(target: string): string {
  counter += 1;
  let digit = 0;
  return target.replace(/(?<=_date=[\d-]*)\d/g, (character) =>
    (counter >> digit++) & 1 ? `%3${character}` : character,
  );
}

interface Variant {
  name: string;
  target: string;
  encoding: string;
}

/** Runs the variants in turns, so that other load on the machine affects all of them equally. The first is what the others are compared with. */
async function compare(title: string, variants: Variant[], runs: number): Promise<void> {
  const seen = variants.map(() => ({ times: [] as Times, bytes: 0 }));
  for (let run = -2; run < runs; run += 1)
    for (const index of run % 2 === 0 ? variants.keys() : [...variants.keys()].reverse()) {
      const { target, encoding } = variants[index] as Variant;
      const start = performance.now();
      const answer = await send(respell(target), encoding);
      const time = performance.now() - start;
      if (answer.encoding !== encoding) throw new Error(`${target} came as ${answer.encoding} instead of ${encoding}`);
      const sums = seen[index] as (typeof seen)[number];
      sums.bytes = answer.bytes;
      if (run >= 0) sums.times.push(time);
    }
  print(`\n${title}`);
  const [first] = seen;
  for (const [index, { times, bytes }] of seen.entries()) {
    times.sort((a, b) => a - b);
    const ratio = (median(times) / median(first?.times ?? [])).toFixed(2);
    const size = `${bytes.toLocaleString("en").padStart(12)} bytes = ${(bytes / (first?.bytes ?? 1)).toFixed(3)}`;
    print(
      `  ${variants[index]?.name.padEnd(22)}${size}   ${ms(median(times)).padStart(9)} (p95 ${ms(percentile(times, 0.95)).padStart(9)}) = ${ratio}`,
    );
  }
}

const encodings = (target: string): Variant[] =>
  ["identity", "gzip", "br"].map((encoding) => ({ name: encoding, target, encoding }));

const month = `start_date=2026-02-09&end_date=${TODAY}`;
const year = `start_date=2025-03-11&end_date=${TODAY}`;
try {
  print(`${rows.toLocaleString("en")} rows of one team`);
  await compare("/api/v1/usage?limit=100", encodings(`/api/v1/usage?${month}&limit=100`), RUNS);
  await compare("/api/v1/usage?limit=1000", encodings(`/api/v1/usage?${month}&limit=1000`), RUNS);
  await compare("/api/v1/usage/export.csv of a month", encodings(`/api/v1/usage/export.csv?${month}`), RUNS);
  await compare("/api/v1/usage/export.csv of a year", encodings(`/api/v1/usage/export.csv?${year}`), 5);
  await compare("/api/v1/usage/export.json of a year", encodings(`/api/v1/usage/export.json?${year}`), 5);
  await compare(
    "/api/v1/usage/export.csv of a year in another order",
    ["", "&sort=-cost", "&sort=model", "&sort=date"].map((sort) => ({
      name: sort.slice(1) || "default order",
      target: `/api/v1/usage/export.csv?${year}${sort}`,
      encoding: "br",
    })),
    3,
  );
  for (const [name, range] of [
    ["a month", month],
    ["a year", year],
  ])
    await compare(
      `The first 100 rows of ${name}, without group_by`,
      [
        { name: "default order", target: `/api/v1/usage?${range}&limit=100`, encoding: "br" },
        { name: "sort=-cost", target: `/api/v1/usage?${range}&limit=100&sort=-cost`, encoding: "br" },
        ...["cost", "-requests", "model", "date"].map((sort) => ({
          name: `sort=${sort}`,
          target: `/api/v1/usage?${range}&limit=100&sort=${sort}`,
          encoding: "br",
        })),
        {
          name: "page 50, sort=-cost",
          target: `/api/v1/usage?${range}&limit=100&page=50&sort=-cost`,
          encoding: "br",
        },
        { name: "group_by=model", target: `/api/v1/usage?${range}&limit=100&group_by=model`, encoding: "br" },
      ],
      5,
    );
} finally {
  agent.destroy();
  child.kill();
  rmSync(folder, { recursive: true, force: true });
}
