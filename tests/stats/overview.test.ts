import { afterEach, beforeEach, expect, test } from "vitest";
import { type Archive, keyIdOf, spendOf, startArchive, syncAndCollect, TODAY } from "../archive/archive.ts";
import { type Json, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { request } from "../support/server/harness.ts";

let archive: Archive;
beforeEach(async () => {
  archive = await startArchive();
});
afterEach(() => archive.scenario.harness.close());

async function ask(procedure: string, input: object): Promise<Json> {
  const { harness, user } = archive.scenario;
  const signIn = await request(`${harness.url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: user.email, password: "Correct-Horse-9" }),
  });
  const cookie = (signIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const { body, status } = await request(
    `${harness.url}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
    { headers: { cookie } },
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body.result.data;
}

const DOLLAR = 1_000_000_000n;
/** Tuesdays, as today. */
const EARLIER = ["2026-03-03", "2026-02-24", "2026-02-17", "2026-02-10"];
/** Tuesdays of which OpenRouter has no hours any more. */
const WITHOUT_HOURS = ["2026-02-03", "2026-01-27", "2026-01-20", "2026-01-13"];

function spendOnTuesdays(key: Parameters<typeof spendOf>[1]) {
  for (const [index, day] of EARLIER.entries()) {
    spendOf(archive, key, `${day}T08:00:00Z`, { nanos: BigInt(index + 1) * DOLLAR });
    spendOf(archive, key, `${day}T20:00:00Z`, { nanos: 10n * DOLLAR });
  }
  for (const day of WITHOUT_HOURS) spendOf(archive, key, day, { nanos: 20n * DOLLAR });
}

test("compares today until the hour of the last sync with the same hours of earlier weeks", async () => {
  const [app, batch] = [archive.remote.addKey("app"), archive.remote.addKey("batch")];
  spendOnTuesdays(app);
  spendOf(archive, app, `${TODAY}T08:00:00Z`, { nanos: 5n * DOLLAR });
  spendOf(archive, app, `${TODAY}T12:00:00Z`, { nanos: DOLLAR, model: "maker/b" });
  spendOf(archive, batch, `${TODAY}T03:00:00Z`, { nanos: 7n * DOLLAR });
  await watchRemote(archive.scenario, archive.remote);
  await syncAndCollect(archive, `${TODAY}T12:30:00Z`);
  const appId = await keyIdOf(archive, "app");

  expect((await ask("overview.get", { api_key_id: [appId] })).day).toEqual({
    date: TODAY,
    cost: "6.00",
    usual: "17.00",
    until: { hour: 12, cost: "5.00", usual: "2.50" },
  });
  expect((await ask("overview.get", { api_key_id: [appId], model: ["maker/b"] })).day).toMatchObject({
    cost: "1.00",
    usual: "0.00",
    until: { cost: "0.00", usual: "0.00" },
  });
  // The history of a year is known for both keys.
  expect((await ask("overview.get", {})).day).toMatchObject({ cost: "13.00", until: { cost: "12.00", usual: "2.50" } });
});

test("compares only whole days where hours are not known", async () => {
  const key = archive.remote.addKey("app");
  spendOnTuesdays(key);
  spendOf(archive, key, `${TODAY}T08:00:00Z`, { nanos: 5n * DOLLAR });
  await watchRemote(archive.scenario, archive.remote);
  expect((await ask("overview.get", {})).day).toEqual({ date: TODAY, cost: "5.00", usual: "17.00", until: null });
});

test("says when the credits of each account run out, the soonest first", async () => {
  const key = archive.remote.addKey("app");
  for (let day = 1; day <= 9; day += 1) spendOf(archive, key, `2026-03-0${day}`, { nanos: 50n * DOLLAR });
  const { id } = await watchRemote(archive.scenario, archive.remote);
  const { credits } = await ask("overview.get", {});
  const [forecast] = (await archive.scenario.user.get("/api/forecast")).body.credits;
  expect(credits).toEqual([
    {
      account_id: id,
      name: expect.any(String),
      remaining: "550.00",
      verdict: "runs_out",
      runs_out_on: forecast.runs_out_on,
      earliest_on: forecast.earliest_on,
      latest_on: forecast.latest_on,
    },
  ]);
});

test("lists every model with its usage in a range", async () => {
  const key = archive.remote.addKey("app");
  spendOf(archive, key, "2026-03-08", { model: "maker/a", nanos: 3n * DOLLAR, requests: 2 });
  spendOf(archive, key, "2026-03-09", { model: "maker/b", nanos: DOLLAR });
  spendOf(archive, key, "2026-01-05", { model: "other/c", nanos: 9n * DOLLAR });
  await watchRemote(archive.scenario, archive.remote);
  const { items } = await ask("models.list", { days: 7 });
  expect(items).toEqual([
    expect.objectContaining({
      model: "maker/a",
      vendor: "maker",
      cost: "3.00",
      requests_count: 2,
      percentage_cost: 75,
    }),
    expect.objectContaining({ model: "maker/b", cost: "1.00", first_used: "2026-03-09", last_used: "2026-03-09" }),
    expect.objectContaining({ model: "other/c", cost: "0.00", requests_count: 0, last_used: "2026-01-05" }),
  ]);
  expect(await ask("models.get", { model: "other/c" })).toEqual({
    model: "other/c",
    vendor: "other",
    first_used: "2026-01-05",
    last_used: "2026-01-05",
    total_cost: "9.00",
  });
  expect(await ask("models.get", { model: "no/such" })).toMatchObject({ first_used: null, total_cost: null });
});
