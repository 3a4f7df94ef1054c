import { afterAll, beforeAll, expect, test } from "vitest";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, PASSWORD, request, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let cookie: string;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
  cookie = await logIn(user.email);
});
afterAll(() => harness.close());

async function logIn(email: string): Promise<string> {
  const { headers } = await call("auth.signIn", { email, password: PASSWORD });
  return (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}
const call = (procedure: string, body?: object, as = "", headers: Record<string, string> = {}) =>
  request(`${harness.url}/trpc/${procedure}`, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json", cookie: as, ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

test("an administrator runs a job and sees its result; unknown jobs and anonymous requests are rejected", async () => {
  for (const name of ["backup", "cleanup", "alerts", "validate", "sync", "breakdowns"]) {
    const { body } = await call("jobs.runNow", { name }, cookie);
    const job = body.result.data.find((one: { name: string }) => one.name === name);
    expect(job.last_runs[0], name).toMatchObject({ outcome: "ok", error: null });
    expect(job.last_runs[0].finished_at).not.toBeNull();
  }
  expect((await call("jobs.runNow", { name: "format-disk" }, cookie)).status).toBe(400);
  expect((await call("jobs.runNow", { name: "sync" })).status).toBe(401);
});

test("the account export contains all data of the user except secrets", async () => {
  const other = await harness.createUser();
  await issueToken(other, "token of another user");
  const { token } = await issueToken(user, "Billing");
  seedUsage(harness, { email: user.email, keys: ["one"], models: ["z"], through: "2026-03-10", days: 5 });
  const { body, text } = await call("auth.exportData", undefined, cookie);
  expect(body.result.data).toMatchObject({
    account: { email: user.email },
    keys: [{ name: "one", label: "sk-or-v1-abc…9f2" }],
    api_tokens: [{ name: "Billing", is_active: true, last_used_at: null }],
    usage_days: { first: "2026-03-06", last: "2026-03-10" },
  });
  expect(body.result.data.sessions.length).toBeGreaterThan(0);
  for (const secret of [token, cookie.split("=")[1] ?? "?", user.credential, "token of another user", "argon2"])
    expect(text).not.toContain(secret);
  expect(text).not.toMatch(/[0-9a-f]{64}/i);
  expect((await call("auth.exportData")).status).toBe(401);
  expect((await call("auth.exportData", undefined, await logIn(other.email))).body.result.data).toMatchObject({
    keys: [],
    usage_days: { first: null, last: null },
  });
});

test("a page rejects requests with the cookie of another user who logged in in another tab", async () => {
  const { id } = (await call("auth.account?input=%7B%7D", undefined, cookie)).body.result.data;
  const from = (account: string) => ({ "x-orwatch-account": account });
  const issue = (account: string) => call("tokens.issue", { name: `of page ${account}` }, cookie, from(account));
  expect((await issue(String(id))).status).toBe(200);
  for (const account of [String(id + 1), "", "0", `${id}, ${id + 1}`]) {
    const refused = await issue(account);
    expect(refused.status, account).toBe(401);
    expect(refused.text).toContain("other_user_logged_in");
    expect((await call("auth.account?input=%7B%7D", undefined, cookie, from(account))).status).toBe(401);
  }
  const { text } = await call("tokens.list?input=%7B%7D", undefined, cookie, from(String(id)));
  expect(text).toContain(`of page ${id}`);
  expect(text.match(/of page/g)).toHaveLength(1);
});
