import { createSessionMemory } from "@orwatch/server/auth/sessions/memory";
import { createContext } from "@orwatch/server/http/context";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTables } from "../support/checks/secrecy.ts";
import { type Caller, type Harness, request, startHarness } from "../support/server/harness.ts";
import { listMutations } from "../support/server/procedures.ts";

let harness: Harness;
let user: Caller;
let tried = 0;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
});
afterAll(async () => {
  process.stdout.write(`cross-site: ${tried} requests with the visitor's cookie refused\n`);
  await harness.close();
});

const MUTATIONS = listMutations().map(({ name }) => name);

const FOREIGN: Record<string, string>[] = [
  { origin: "https://evil.example.com", "sec-fetch-site": "cross-site" },
  { origin: "https://evil.example.com" },
  { origin: "null", "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
];
/** Requests that a form or a script can send without preflight, and requests that it cannot. */
const TYPES = [
  "application/json",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
];

test.each(MUTATIONS)("rejects %s sent with the cookie by a page of another site, in every form", async (name) => {
  const before = readTables(harness);
  const cookie = `orwatch_session=${user.credential}`;
  const send = (headers: Record<string, string>, where = `/trpc/${name}`) => {
    tried += 1;
    return request(`${harness.url}${where}`, { method: "POST", headers: { cookie, ...headers }, body: "{}" });
  };
  for (const foreign of [...FOREIGN, { origin: `${harness.url}.evil.example.com` }])
    for (const type of TYPES) {
      const answer = await send({ "content-type": type, ...foreign });
      const isRead = type === "application/json" || type.startsWith("multipart");
      expect(answer.status, `${type} ${JSON.stringify(foreign)}`).toBe(isRead ? 403 : 415);
      expect(answer.headers.get("set-cookie")).toBeNull();
    }
  const batch = await send({ "content-type": "application/json", ...FOREIGN[0] }, `/trpc/${name},${name}?batch=1`);
  expect(batch.status).toBe(403);
  const read = await request(`${harness.url}/trpc/${name}?input=%7B%7D`, { headers: { cookie } });
  expect(read.status, "a GET changes nothing").toBe(405);
  expect(readTables(harness)).toBe(before);
});

test("treats a page of this site over http as another site once PUBLIC_URL is https", async () => {
  const config = { ...harness.server.app.config, isHttps: true, publicUrl: "https://watch.example.com" };
  const identify = (origin: string, host = "watch.example.com") =>
    createContext(
      { ...harness.server.app, config, memory: { ...harness.server.app.memory, sessions: createSessionMemory() } },
      {
        req: { method: "POST", headers: { origin, host } } as never,
        res: {} as never,
        transport: "trpc",
        arrival: { requestId: "r", address: "127.0.0.1", userAgent: null, isLocal: true },
      },
    );
  await expect(identify("http://watch.example.com")).rejects.toThrow("cross_site_request");
  await expect(identify("https://watch.example.com")).resolves.toMatchObject({ principal: null });
  await expect(identify("https://inside.example.com:8443", "inside.example.com:8443")).resolves.toMatchObject({});
});

describe("a rejected cross-site request", () => {
  const signIn = (headers: Record<string, string>) =>
    request(`${harness.url}/trpc/auth.signIn`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: "{}",
    });

  test("a rejected cross-site request has the origin, Host and PUBLIC_URL in the response and in the log", async () => {
    const { host } = new URL(harness.url);
    const answer = await signIn({ origin: "https://watch.example.com" });
    expect(answer.status).toBe(403);
    expect(answer.body.error.data).toMatchObject({
      reason: "cross_site_request",
      params: { origin: "https://watch.example.com", host, public_url: null },
    });
    expect(harness.logged.findLast(({ event }) => event === "request.cross_site")).toMatchObject({
      level: "warn",
      origin: "https://watch.example.com",
      host,
      public_url: null,
    });
  });

  test("a rejected cross-site request quotes only the start of its headers", async () => {
    await signIn({ origin: `https://${"a".repeat(5000)}.example.com` });
    const line = harness.logged.findLast(({ event }) => event === "request.cross_site");
    expect(String(line?.origin)).toHaveLength(200);
  });
});

test("rejected cross-site requests over https cause one warning when PUBLIC_URL says http", async () => {
  const warnings = () => harness.logged.filter(({ event }) => event === "public_url.forgotten");
  const { host } = new URL(harness.url);
  const before = warnings().length;
  for (let turn = 0; turn < 3; turn++) {
    const answer = await request(`${harness.url}/trpc/auth.signIn`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: `https://${host}`, "sec-fetch-site": "same-origin" },
      body: "{}",
    });
    expect(answer.status).toBe(400);
  }
  expect(before).toBe(0);
  expect(warnings()).toMatchObject([{ level: "warn", origin: `https://${host}` }]);
});
