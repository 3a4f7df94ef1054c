// The visitors, in their own process: with a plan in JSON on standard input, prints what they saw as JSON.
import http from "node:http";
import { text } from "node:stream/consumers";
import { randomFrom } from "../support/file.ts";
import { type Ask, KINDS, type Kind, LOG_IN, type Visitor } from "./kinds.ts";

export interface Plan {
  url: string;
  seconds: number;
  thinkMs: number;
  visitors: Visitor[];
}

export interface Seen {
  times: Record<string, number[]>;
  errors: Record<string, number>;
  requests: number;
}

const plan = JSON.parse(await text(process.stdin)) as Plan;
const { hostname, port } = new URL(plan.url);
const seen: Seen = { times: {}, errors: {}, requests: 0 };
const end = performance.now() + plan.seconds * 1000;
const totalWeight = KINDS.reduce((sum, { weight }) => sum + weight, 0);

function choose(random: () => number): Kind {
  let left = random() * totalWeight;
  for (const kind of KINDS) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  return LOG_IN;
}

/** One request to its last byte; a status of 400 or more is an error. */
function send(
  ask: Ask,
  headers: Record<string, string>,
  agent: http.Agent,
): Promise<{ status: number; cookie: string | null }> {
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method: ask.method, path: ask.path, headers, agent }, (response) => {
      response.on("error", reject);
      response.on("end", () => {
        const [cookie = null] = (response.headers["set-cookie"] ?? []).map((line) => line.split(";")[0] ?? "");
        resolve({ status: response.statusCode ?? 0, cookie });
      });
      response.resume();
    });
    request.setTimeout(60_000, () => request.destroy(new Error("no answer for 60 s")));
    request.on("error", reject);
    request.end(ask.body);
  });
}

async function visit(visitor: Visitor, index: number): Promise<void> {
  const random = randomFrom(index + 1);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const think = () => new Promise((resolve) => setTimeout(resolve, plan.thinkMs * (0.5 + random())));
  let cookie = "";
  await new Promise((resolve) => setTimeout(resolve, random() * plan.thinkMs));
  for (let turn = 0; performance.now() < end; turn += 1) {
    const kind = turn === 0 ? LOG_IN : choose(random);
    const ask = kind.ask(visitor, random);
    const headers = {
      "x-forwarded-for": visitor.address,
      ...(ask.body === undefined ? {} : { "content-type": "application/json" }),
      ...(ask.credential === "cookie" ? { cookie, "sec-fetch-site": "same-origin" } : {}),
      ...(ask.credential === "token" ? { authorization: `Bearer ${visitor.apiToken}` } : {}),
    };
    const began = performance.now();
    const outcome = await send(ask, headers, agent).catch((error: Error) => ({ status: error.message, cookie: null }));
    seen.requests += 1;
    if (typeof outcome.status === "number" && outcome.status < 400) {
      const times = seen.times[kind.name] ?? [];
      times.push(performance.now() - began);
      seen.times[kind.name] = times;
      cookie = outcome.cookie ?? cookie;
    } else {
      const name = `${kind.name}: ${outcome.status}`;
      seen.errors[name] = (seen.errors[name] ?? 0) + 1;
    }
    await think();
  }
  agent.destroy();
}

await Promise.all(plan.visitors.map(visit));
process.stdout.write(JSON.stringify(seen));
