import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readLog } from "../support/checks/secrecy.ts";
import { add, createAccount, type Scenario, startScenario } from "../support/openrouter/scenario.ts";
import { request, startHarness } from "../support/server/harness.ts";
import { sendRaw } from "../support/server/raw.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
});
afterEach(() => scenario.harness.close());

const lines = (event: string) => scenario.harness.logged.filter((line) => line.event === event);

test("warns once about a proxy that TRUST_PROXY does not list", async () => {
  const { harness } = scenario;
  const visit = (headers: Record<string, string>) => request(`${harness.url}/health`, { headers });
  const before = lines("request").length;
  await visit({});
  await expect.poll(() => lines("request").length).toBeGreaterThan(before);
  expect(lines("proxy.forgotten")).toEqual([]);
  for (const address of ["203.0.113.1", "203.0.113.2"]) await visit({ "x-forwarded-for": address });
  expect(lines("proxy.forgotten")).toMatchObject([
    { level: "warn", proxy: "127.0.0.1", message: expect.stringContaining("TRUST_PROXY") },
  ]);
});

test("logs one line per request with the request id of the response", async () => {
  const { harness, user } = scenario;
  const before = lines("request").length;
  const wanted: [method: string, path: string, status: number][] = [
    ["GET", "/api/keys?limit=5", 200],
    ["GET", "/api/keys/99", 404],
    ["POST", "/api/keys", 400],
    ["GET", "/api/usage/export?q=1", 400],
    ["GET", "/trpc/keys.list?q=1", 401],
    ["GET", "/health?q=1", 200],
    ["DELETE", "/nothing/here?q=1", 405],
  ];
  const ids: (string | null)[] = [];
  for (const [method, path] of wanted) {
    const authorization = `Bearer ${user.credential}`;
    const json =
      method === "POST" ? { body: "{}", headers: { authorization, "content-type": "application/json" } } : {};
    const answer = await request(`${harness.url}${path}`, { method, headers: { authorization }, ...json });
    ids.push(answer.headers.get("x-request-id"));
  }
  const broken = await sendRaw(harness.url, "this is no HTTP\r\n\r\n");
  await expect.poll(() => lines("request")).toHaveLength(before + wanted.length + 1);
  const found = lines("request").slice(before);
  expect(found.map(({ method, path, status }) => [method, path, status])).toEqual([
    ...wanted.map(([method, path, status]) => [method, path.split("?")[0], status]),
    [null, null, 400],
  ]);
  expect(found.map(({ request_id }) => request_id)).toEqual([...ids, broken.headers["x-request-id"]]);
});

test("logs the request id with the sync and the OpenRouter requests it causes", async () => {
  const { harness, user } = scenario;
  const id = await add(scenario, createAccount(scenario).key);
  harness.logged.length = 0;
  harness.sim.faults.add({ match: { path: "/key" }, kind: "503", times: 1 });
  const answer = await user.post(`/api/keys/${id}/sync`);
  await expect.poll(() => lines("request")).toHaveLength(1);
  const requestId = answer.headers.get("x-request-id");
  for (const event of ["openrouter", "sync.key", "request"]) {
    expect(lines(event).length, event).toBeGreaterThan(0);
    for (const line of lines(event)) expect(line.request_id, event).toBe(requestId);
  }
  for (const line of lines("openrouter")) expect(line.api_key_id).toBe(id);
});

test("logs one line per job run and its run id with everything it causes", async () => {
  const { key, manager } = createAccount(scenario);
  const ids = [await add(scenario, manager), await add(scenario, key)];
  scenario.harness.logged.length = 0;
  await runJobNow(scenario.harness.server.app, "sync");
  const [run] = await scenario.harness.server.app.db.prisma.jobRun.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(lines("job")).toMatchObject([{ job: "sync", job_run_id: run?.id, outcome: "ok", counts: { keys: 2 } }]);
  expect(lines("job")[0]?.ms).toBeTypeOf("number");
  expect(new Set(lines("sync.key").map((line) => line.api_key_id))).toEqual(new Set(ids));
  for (const line of [...lines("sync.key"), ...lines("openrouter")]) {
    expect(line).toMatchObject({ job: "sync", job_run_id: run?.id });
    expect(line.request_id).toBeUndefined();
  }
});

test("LOG_LEVEL limits what is logged", async () => {
  const quiet = await startHarness({ env: { LOG_LEVEL: "warn" } });
  await quiet.createUser();
  await runJobNow(quiet.server.app, "cleanup");
  quiet.server.app.log.warn("heard");
  await quiet.close();
  expect(quiet.logged.map(({ event }) => event)).toEqual(["heard"]);
});

test("redacts configured secrets in every line", async () => {
  const { app } = scenario.harness.server;
  app.log.error("x", { note: `the key is ${app.config.encryptionKey}!` });
  expect(readLog(scenario.harness)).not.toContain(app.config.encryptionKey);
  expect(lines("x")).toMatchObject([{ note: "the key is [redacted]!" }]);
});
