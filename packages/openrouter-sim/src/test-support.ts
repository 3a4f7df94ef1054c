import type { Sim } from "./sim.ts";

interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into responses of any shape
  body: any;
  text: string;
}

export async function ask(sim: Sim, path: string, secret: string | null, body?: unknown): Promise<Reply> {
  const response = await fetch(`${sim.url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    redirect: "manual",
    headers: {
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = null;
  }
  return { status: response.status, headers: response.headers, body: parsed, text };
}

const METRICS = ["credits_usage", "byok_usage", "request_count", "tokens_prompt", "tokens_completion"];

export function dayQuery(hash: string | null, start: string, end: string, more: object = {}): object {
  return {
    metrics: METRICS,
    dimensions: ["model"],
    granularity: "day",
    limit: 10_000,
    time_range: { start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z` },
    ...(hash === null ? {} : { filters: [{ field: "api_key_id", operator: "eq", value: hash }] }),
    ...more,
  };
}
