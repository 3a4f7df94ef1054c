import { createTRPCClient, TRPCClientError } from "@trpc/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isOrwatchError, type OrwatchError } from "../../packages/sdk/src/index.ts";
import { type AppRouter, orwatchLink } from "../../packages/sdk/src/trpc/index.ts";
import { json, startBadServer, text } from "./bad-server.ts";
import { failureOf, MARCH, type SdkScenario, startSdkScenario } from "./sdk-scenario.ts";

const clientOf = (options: Parameters<typeof orwatchLink>[0]) =>
  createTRPCClient<AppRouter>({ links: [orwatchLink({ maxRetries: 0, ...options })] });

let scenario: SdkScenario;
let trpc: ReturnType<typeof clientOf>;
beforeAll(async () => {
  scenario = await startSdkScenario();
  trpc = clientOf({ baseUrl: scenario.harness.url, token: scenario.token });
});
afterAll(() => scenario.harness.close());

test("every procedure returns the same as REST", async () => {
  const client = scenario.client();
  const breakdown = { ...MARCH, dimension: "hour" } as const;
  expect(await trpc.v1.keys.query({})).toEqual(await client.keys.list());
  expect(await trpc.v1.stats.query(MARCH)).toEqual(await client.stats.get(MARCH));
  expect(await client.usage.list(MARCH)).toMatchObject(await trpc.v1.usage.query(MARCH));
  expect(await trpc.v1.breakdowns.query(breakdown)).toEqual(await client.breakdowns.get(breakdown));
  expect((await trpc.v1.forecast.query({})).today).toBe("2026-03-20");
});

test("an error is tRPC's, with the error of the SDK as its cause", async () => {
  const failure = await failureOf(trpc.v1.usage.query({ ...MARCH, page: 0 }));
  expect(failure).toMatchObject({ name: "TRPCClientError", data: { code: "BAD_REQUEST", httpStatus: 400 } });
  expect(isOrwatchError(failure.cause)).toBe(true);
  expect(failure.cause).toMatchObject({ name: "ValidationError", issues: [{ path: "page" }] });
  expect((failure.cause as OrwatchError).requestId).toBe((failure.data as { request_id: string }).request_id);
  expect(TRPCClientError.from(failure).message).toMatch(/page/);
  const gone = AbortSignal.abort(new Error("changed my mind"));
  expect((await failureOf(trpc.v1.keys.query({}, { signal: gone }))).name).toBe("TRPCClientError");
});

test("an API token cannot call anything else", async () => {
  const raw = trpc as unknown as { keys: { list: { query(input: object): Promise<unknown> } } };
  expect((await failureOf(raw.keys.list.query({}))).cause).toMatchObject({ name: "AuthenticationError" });
  const unknown = trpc.v1 as unknown as { gone: { query(): Promise<unknown> } };
  expect((await failureOf(unknown.gone.query())).cause).toMatchObject({ name: "NotFoundError", status: 404 });
});

test("retries, and takes timeout and retries of a call from its context", async () => {
  const server = await startBadServer();
  try {
    const retrying = clientOf({ baseUrl: server.url, token: "or_api_test", maxRetries: 1 });
    server.answer(json(503, {}, { "Retry-After": "0" }), json(200, { result: { data: { items: [], total: 0 } } }));
    expect(await retrying.v1.keys.query({})).toEqual({ items: [], total: 0 });
    server.answer(text(502, "<html>"));
    const once = await failureOf(retrying.v1.keys.query({}, { context: { maxRetries: 0 } }));
    expect(once).toMatchObject({ name: "TRPCClientError", cause: { name: "ApiError", status: 502 } });
    expect(server.requests).toHaveLength(1);
    server.answer(text(200, "<html>"));
    expect((await failureOf(retrying.v1.keys.query({}))).cause).toMatchObject({ code: "INVALID_ANSWER" });
  } finally {
    await server.close();
  }
});
