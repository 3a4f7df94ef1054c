import http from "node:http";
import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, PASSWORD, settle, startHarness } from "../support/server/harness.ts";
import { NOTICES_RESETS } from "../support/server/raw.ts";
import { join, teamOf } from "../support/users/team.ts";

let harness: Harness;
let users = 0;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());

const QUERY = "start_date=2025-03-11&end_date=2026-03-10&format=json";

/** Creates a user with so much usage that an export fits into no buffer. */
async function openBigUser(): Promise<Caller & { userId: number }> {
  users += 1;
  // Registrations are limited per minute.
  harness.sim.clock.advance(61_000);
  const user = await harness.createUser(`big${users}@example.com`);
  const models = Array.from({ length: 100 }, (_, index) => `vendor/model-${"x".repeat(900)}-${index}`);
  const { userId } = seedUsage(harness, { email: user.email, keys: ["one"], models, through: "2026-03-10", days: 120 });
  return { ...user, userId };
}

interface Download {
  /** Reads the rest and returns whether the file ended properly. */
  finish(): Promise<{ isComplete: boolean; bytes: number }>;
}

/** Starts a download and stops reading after its first chunk. */
function begin(path: string, headers: Record<string, string>): Promise<Download> {
  return new Promise((resolve, reject) => {
    http
      .get(`${harness.url}${path}?${QUERY}`, { headers, agent: false }, (res) => {
        if (res.statusCode !== 200) return reject(new Error(`status ${res.statusCode}`));
        let bytes = 0;
        res.once("data", (first: Buffer) => {
          bytes += first.length;
          res.pause();
          resolve({
            finish: () =>
              new Promise((done) => {
                res.on("data", (chunk: Buffer) => {
                  bytes += chunk.length;
                });
                res.on("error", () => {});
                res.on("close", () => done({ isComplete: res.complete, bytes }));
                res.resume();
              }),
          });
        });
      })
      .on("error", reject);
  });
}

async function logIn(email: string): Promise<Caller> {
  const { body } = await callerOf(() => harness.url, "").post("/api/auth/login", { email, password: PASSWORD });
  return callerOf(() => harness.url, body.access_token, email);
}

const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });

test("a download completes while its credential stays valid", async () => {
  const user = await openBigUser();
  const download = await begin("/api/usage/export", bearer(user.credential));
  expect(await download.finish()).toMatchObject({ isComplete: true });
}, 60_000);

const ENDS: [string, (user: Caller & { userId: number }) => Promise<unknown>][] = [
  ["the session is logged out", (user) => user.post("/api/auth/logout")],
  [
    "the password is changed elsewhere",
    ({ userId }) => harness.server.app.db.prisma.session.deleteMany({ where: { userId } }),
  ],
  [
    "the session expires",
    ({ userId }) =>
      harness.server.app.db.prisma.session.updateMany({ where: { userId }, data: { expiresAt: new Date(0) } }),
  ],
  [
    "the user is switched off",
    ({ userId }) => harness.server.app.db.prisma.user.update({ where: { id: userId }, data: { isActive: false } }),
  ],
  ["the user is deleted", (user) => user.post("/api/user/delete", { password: PASSWORD })],
];

test.each(ENDS)(
  "a download is aborted when %s",
  async (_, end) => {
    const user = await openBigUser();
    const download = await begin("/api/usage/export", bearer(user.credential));
    await end(user);
    expect(await download.finish()).toMatchObject({ isComplete: false });
  },
  60_000,
);

test("revoking an API token aborts its downloads and no others", async () => {
  const user = await openBigUser();
  const [doomed, kept] = [await issueToken(user, "doomed"), await issueToken(user, "kept")];
  const [cut, whole] = await Promise.all([
    begin("/api/v1/usage/export", bearer(doomed.token)),
    begin("/api/v1/usage/export", bearer(kept.token)),
  ]);
  await user.delete(`/api/tokens/${doomed.id}`);
  expect(await cut.finish()).toMatchObject({ isComplete: false });
  expect(await whole.finish()).toMatchObject({ isComplete: true });
}, 60_000);

test("removing a member aborts their downloads of the team, with a session and an API token, and no others", async () => {
  const owner = await openBigUser();
  const { app } = harness.server;
  const teamId = teamOf(app, owner.email);
  harness.sim.clock.advance(61_000);
  const member = await harness.createUser(`removed${users}@example.com`);
  await join(app, { email: member.email, teamId, role: "admin" });
  const { token } = await issueToken(member);
  const [cut, cutToo, whole] = await Promise.all([
    begin("/api/usage/export", bearer(member.credential)),
    begin("/api/v1/usage/export", bearer(token)),
    begin("/api/usage/export", bearer(owner.credential)),
  ]);
  const { id } = (await member.get("/api/user")).body;
  expect((await owner.delete(`/api/teams/${teamId}/members/${id}`)).status).toBe(204);
  expect(await cut.finish()).toMatchObject({ isComplete: false });
  expect(await cutToo.finish()).toMatchObject({ isComplete: false });
  expect(await whole.finish()).toMatchObject({ isComplete: true });
}, 60_000);

test.runIf(NOTICES_RESETS)(
  "resets the connection over HTTP/1.0, where its end is the end of the file",
  async () => {
    const user = await openBigUser();
    const { hostname, port } = new URL(harness.url);
    const socket = net.connect(Number(port), hostname);
    const failed = new Promise<string>((resolve) => {
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
      socket.on("end", () => resolve("looks complete"));
    });
    const began = new Promise((resolve) => socket.once("data", resolve));
    socket.write(
      `GET /api/usage/export?${QUERY} HTTP/1.0\r\nHost: x\r\nAuthorization: Bearer ${user.credential}\r\n\r\n`,
    );
    await began;
    socket.pause();
    await user.post("/api/auth/logout");
    socket.resume();
    expect(await failed).toBe("ECONNRESET");
  },
  60_000,
);

test("withholds a slow response when its session has ended meanwhile", async () => {
  harness.sim.clock.advance(61_000);
  const user = await harness.createUser("waits@example.com");
  const account = harness.sim.ledger.addAccount();
  const { secret } = harness.sim.ledger.addKey(account.id, { name: "app" });
  const { id } = (await user.post("/api/keys", { name: "app", key: secret })).body;
  await settle(harness);
  const remove = harness.sim.faults.add({ kind: "delay", delayMs: 1200 });
  const [kept, ended] = [user, await logIn("waits@example.com")];
  const answers = [kept, ended].map((caller) => caller.post(`/api/keys/${id}/validate`));
  await ended.post("/api/auth/logout");
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 401]);
  remove();
}, 60_000);
