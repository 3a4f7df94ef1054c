import { message } from "@orwatch/messages/message";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addChannel, deliver, deliveriesOf, startMailServer } from "../support/alerts/channels.ts";
import { seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let server: Awaited<ReturnType<typeof startMailServer>>;
/** A Sunday; the digest is due the morning after. */
beforeEach(async () => {
  server = await startMailServer();
  harness = await startHarness({
    sim: { now: "2026-03-08T20:00:00Z" },
    env: { SMTP_URL: server.url, MAIL_FROM: "orwatch@example.com", PUBLIC_URL: "https://keys.example.com" },
    mail: { timeoutMs: 1000 },
  });
  user = await harness.createUser();
  seedUsage(harness, {
    email: user.email,
    keys: ["shop", "<lab>"],
    models: ["openai/gpt-5", "openai/gpt-5-mini"],
    through: "2026-03-08",
    days: 40,
  });
});
afterEach(async () => {
  await harness.close();
  await server.close();
});

async function subscribe(person: Caller, address: string, wantsDigest = true): Promise<number> {
  const { id } = await addChannel(person, { kind: "email", address, wants_digest: wantsDigest });
  const code = /(\d{6}) is your confirmation code/.exec(server.mails.at(-1)?.source ?? "")?.[1];
  expect((await person.post(`/api/channels/${id}/confirm`, { code })).status).toBe(200);
  server.mails.length = 0;
  return id;
}

async function runAt(instant: string): Promise<void> {
  harness.sim.clock.set(new Date(instant));
  await runJobNow(harness.server.app, "digest");
  await deliver(harness);
}
const subjects = () => server.mails.map(({ to, source }) => [to[0], /Subject: (.*)\r/.exec(source)?.[1]]);

test("sends one digest per week, in text and HTML with an unsubscribe link, however often the job runs", async () => {
  await subscribe(user, "ada@example.com");
  await subscribe(user, "not-wanted@example.com", false);
  await runAt("2026-03-09T06:59:00Z");
  expect(server.mails).toEqual([]);
  await runAt("2026-03-09T07:00:00Z");
  await runAt("2026-03-09T07:15:00Z");
  await harness.restart();
  await runAt("2026-03-10T09:00:00Z");
  expect(subjects()).toEqual([["ada@example.com", expect.stringMatching(/^\[orwatch\] Your week: \$/)]]);
  const source = server.mails[0]?.source ?? "";
  for (const part of [
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "Change or stop these emails: https://keys.example.com/alerts?part=channels",
    "2 Mar to 8 Mar (UTC)",
    "Top models",
    "openai/gpt-5-mini",
    "<li>&lt;lab&gt;: $",
    "Forecast",
  ])
    expect(source).toContain(part);
  expect(await deliveriesOf(user)).toMatchObject([
    { kind: "digest", state: "delivered", message: message("digest_delivery_title", { week: "2026-03-09" }) },
  ]);
  await runAt("2026-03-16T07:00:00Z");
  expect(server.mails).toHaveLength(2);
});

test("a missed digest is sent until Wednesday morning", async () => {
  await subscribe(user, "ada@example.com");
  await runAt("2026-03-11T07:00:01Z");
  expect(server.mails).toEqual([]);
  await runAt("2026-03-18T06:00:00Z");
  expect(server.mails).toHaveLength(1);
});

test("the digest shows the numbers of the dashboard", async () => {
  const { body } = await user.get("/api/digest");
  const dashboard = await user.get("/api/stats/dashboard?start_date=2026-03-01&end_date=2026-03-07");
  const [dollars, cents = ""] = String(dashboard.body.summary.total_cost).split(".");
  expect(body.text.replaceAll(",", "")).toContain(`$${dollars}.${cents.slice(0, 1)}`);
  expect(body).toMatchObject({ next_at: "2026-03-09T07:00:00.000Z", subject: expect.stringContaining("Your week") });
});

test("no digest is sent without keys, and it is retried when the mail server is down", async () => {
  const other = await harness.createUser();
  expect((await other.get("/api/digest")).body).toMatchObject({ subject: null, text: null, html: null });
  await subscribe(other, "bob@example.com");
  await subscribe(user, "ada@example.com");
  const { port } = server;
  await server.close();
  await runAt("2026-03-09T07:00:00Z");
  expect(await deliveriesOf(user)).toMatchObject([{ kind: "digest", state: "waiting", attempts: 1 }]);
  expect(await deliveriesOf(other)).toEqual([]);
  server = await startMailServer({ port });
  await runAt("2026-03-09T09:00:00Z");
  expect(server.mails.map(({ to }) => to)).toEqual([["ada@example.com"]]);
});

const linkIn = (source: string | undefined) =>
  /List-Unsubscribe:\s+<https:\/\/keys\.example\.com(\/unsubscribe\?token=[\w-]{43})>/.exec(source ?? "")?.[1] ?? "";
const ONE_CLICK = { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) };
const click = (path: string, init: RequestInit = ONE_CLICK) => fetch(`${harness.url}${path}`, init);
const wants = async (id: number) => (await user.get(`/api/channels/${id}`)).body.wants_digest;

test("one-click unsubscribe stops the digest of that channel only, without a login", async () => {
  const id = await subscribe(user, "ada@example.com");
  const other = await subscribe(user, "work@example.com");
  await runAt("2026-03-09T07:00:00Z");
  const mail = server.mails.find(({ to }) => to[0] === "ada@example.com");
  const link = linkIn(mail?.source);
  expect(mail?.source).toContain(`Unsubscribe from the weekly digest: https://keys.example.com${link}`);
  const [{ tokenHash = "" } = {}] = await harness.server.app.db.prisma.unsubscribeToken.findMany({
    where: { channelId: id },
  });
  expect([tokenHash, link.includes(tokenHash)]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), false]);

  // Programs that look at links ahead of people must not press them.
  for (const method of ["GET", "HEAD"]) expect((await click(link, { method })).status).toBeLessThan(405);
  const put = await click(link, { method: "PUT" });
  expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
  expect((await click(link, { method: "POST", body: "hello" })).status).toBe(400);
  expect((await click(link, { method: "POST", body: "x".repeat(5000) })).status).toBe(413);
  expect((await click("/unsubscribe?token=nonsense")).status).toBe(404);
  expect((await click("/unsubscribe")).status).toBe(404);
  expect([await wants(id), await wants(other)]).toEqual([true, true]);

  for (const body of [ONE_CLICK.body, asForm()]) {
    const answer = await click(link, { method: "POST", body, redirect: "error" });
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect([await wants(id), await wants(other)]).toEqual([false, true]);
  }
  expect((await user.get(`/api/channels/${id}`)).body).toMatchObject({ is_active: true, wants_alerts: true });
  expect(JSON.stringify(harness.logged)).not.toContain(link.split("=")[1]);
  server.mails.length = 0;
  await runAt("2026-03-16T07:00:00Z");
  expect(subjects().map(([to]) => to)).toEqual(["work@example.com"]);
});

function asForm(): FormData {
  const form = new FormData();
  form.set("List-Unsubscribe", "One-Click");
  return form;
}

test("an unsubscribe link expires with a new choice or the channel, and guesses are rate-limited", async () => {
  const id = await subscribe(user, "ada@example.com");
  await runAt("2026-03-09T07:00:00Z");
  const first = linkIn(server.mails[0]?.source);
  await user.put(`/api/channels/${id}`, { name: "renamed" });
  expect((await click(first)).status).toBe(200);
  await user.put(`/api/channels/${id}`, { wants_digest: true });
  expect((await click(first)).status).toBe(404);
  expect(await wants(id)).toBe(true);
  await runAt("2026-03-16T07:00:00Z");
  const second = linkIn(server.mails[1]?.source);
  await user.delete(`/api/channels/${id}`);
  expect((await click(second)).status).toBe(404);
  const guesses = await Promise.all(Array.from({ length: 40 }, (_, n) => click(`/unsubscribe?token=guess${n}`)));
  expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([404, 429]));
});
