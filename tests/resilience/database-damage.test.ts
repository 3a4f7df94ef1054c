import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { message } from "@orwatch/messages/message";
import { runIntegrityCheck } from "@orwatch/server/jobs/integrity";
import { runJobNow } from "@orwatch/server/jobs/service";
import { StartError } from "@orwatch/server/start";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { parseExposition } from "../support/checks/exposition.ts";
import { seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, PASSWORD, request, startHarness } from "../support/server/harness.ts";
import { NOTICES_RESETS } from "../support/server/raw.ts";

const METRICS_TOKEN = "a-token-for-the-metrics-of-tests";
const PAGE = 4096;
const EXPORT = "/api/usage/export?start_date=2026-01-10&end_date=2026-03-10&format=csv";

let harness: Harness;
let admin: Caller;
let member: Caller;
beforeEach(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { METRICS_TOKEN } });
  admin = await harness.createUser();
  member = await harness.createUser();
  const models = Array.from({ length: 40 }, (_, index) => `vendor/model-${index}`);
  seedUsage(harness, { email: admin.email, keys: ["one", "two"], models, through: "2026-03-10", days: 60 });
});
afterEach(() => harness.close());

const file = () => path.join(harness.folder, "app.db");

/** Pages of a table or index, from its root down; the last ones are leaves. */
function pagesOf(name: string): number[] {
  const db = new Database(file(), { readonly: true });
  try {
    const root = db.prepare("SELECT rootpage FROM sqlite_master WHERE name = ?").pluck().get(name) as number;
    const bytes = fs.readFileSync(file());
    const pages = [root];
    for (const page of pages) {
      const start = (page - 1) * PAGE;
      const type = bytes[start] as number;
      if (type !== 2 && type !== 5) continue;
      const cells = bytes.readUInt16BE(start + 3);
      for (let cell = 0; cell < cells; cell += 1)
        pages.push(bytes.readUInt32BE(start + bytes.readUInt16BE(start + 12 + 2 * cell)));
      pages.push(bytes.readUInt32BE(start + 8));
    }
    return pages;
  } finally {
    db.close();
  }
}

/** Stops the server, changes bytes of the file, and starts it again. */
async function damage(work: (bytes: Buffer) => Buffer | undefined): Promise<void> {
  await harness.stop();
  const bytes = fs.readFileSync(file());
  fs.writeFileSync(file(), work(bytes) ?? bytes);
}
const overwrite =
  (name: string, value: number, pick = (pages: number[]) => pages) =>
  (bytes: Buffer) => {
    for (const page of pick(pagesOf(name))) bytes.fill(value, (page - 1) * PAGE, page * PAGE);
    return undefined;
  };
const lastThree = (pages: number[]) => pages.slice(-3);

const ready = async () => (await request(`${harness.url}/health/ready`)).status;
const logIn = (user: Caller) =>
  request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: user.email, password: PASSWORD }),
  });
async function intact(): Promise<number | undefined> {
  const answer = await request(`${harness.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  return parseExposition(answer.text).metrics.find(({ name }) => name === "orwatch_database_intact")?.value;
}
const noticesOf = (email: string) =>
  harness.server.app.db.reader
    .prepare("SELECT kind, title FROM notifications WHERE user_id = (SELECT id FROM users WHERE email = ?)")
    .all(email);

describe("a start", () => {
  test.each([
    ["a header of other bytes", (bytes: Buffer) => bytes.fill(7, 0, 16)],
    ["half of its pages", (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / PAGE / 2) * PAGE)],
  ])("a start fails with instructions for a file with %s", async (_, work) => {
    await damage(work);
    const error = await harness.restart().then(
      () => null,
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(StartError);
    expect(error.message).toMatch(/damaged.*npm run restore/);
  });
});

describe("a check of the file", () => {
  test.each([
    ["pages of other bytes in a table", "usage_stats", 0x5a],
    ["pages of zeros in a table", "usage_stats", 0],
    ["pages of other bytes in an index", "usage_stats_api_key_id_date_model_key", 0x5a],
    ["pages of zeros in an index", "usage_stats_api_key_id_date_model_key", 0],
  ])("the check of the file finds %s", async (_, name, value) => {
    await damage(overwrite(name, value, lastThree));
    await harness.restart();
    await runIntegrityCheck(harness.server.app, "quick_check");
    expect(await ready()).toBe(503);
    expect(await intact()).toBe(0);
    expect(noticesOf(admin.email)).toEqual([
      { kind: "server", title: JSON.stringify(message("database_damaged_title", {})) },
    ]);
    expect(noticesOf(member.email)).toEqual([]);
    await runIntegrityCheck(harness.server.app, "quick_check");
    expect(noticesOf(admin.email), "once a day").toHaveLength(1);
    expect(harness.logged.filter(({ event }) => event === "database.checked")).toMatchObject([
      { level: "error", check: "quick_check", damage: expect.any(String) },
      { level: "error" },
    ]);
  });

  test("the check of the file finds a wrong count of free pages", async () => {
    await damage((bytes) => {
      bytes.writeUInt32BE(77, 36);
      return undefined;
    });
    await harness.restart();
    await runIntegrityCheck(harness.server.app, "quick_check");
    expect([await ready(), await intact()]).toEqual([503, 0]);
  });

  test("the check of the file finds a truncated last page", async () => {
    await damage((bytes) => bytes.subarray(0, bytes.length - 4000));
    await harness.restart();
    await runIntegrityCheck(harness.server.app, "quick_check");
    expect([await ready(), await intact()]).toEqual([503, 0]);
  });

  test("the daily check of the file finds an index that contradicts its table", async () => {
    await damage((bytes) => {
      for (const page of pagesOf("users_email_key")) {
        const start = (page - 1) * PAGE;
        const at = bytes.subarray(start, start + PAGE).indexOf("user1@example.com");
        if (at >= 0) bytes.write("uses1", start + at);
      }
      return undefined;
    });
    await harness.restart();
    await runIntegrityCheck(harness.server.app, "quick_check");
    expect(await ready(), "beyond the quick check").toBe(200);
    await runIntegrityCheck(harness.server.app, "integrity_check");
    expect([await ready(), await intact()]).toEqual([503, 0]);
    expect((await logIn(admin)).status, "an address that cannot be found is no wrong password").toBe(503);
  });

  test("the check of the file finds nothing in an intact file or a log truncated by a crash", async () => {
    await runIntegrityCheck(harness.server.app, "quick_check");
    await runIntegrityCheck(harness.server.app, "integrity_check");
    expect([await ready(), await intact()]).toEqual([200, 1]);
    const held = new Database(file());
    held.exec("UPDATE teams SET data_version = data_version + 1");
    const [db, log] = [fs.readFileSync(file()), fs.readFileSync(`${file()}-wal`)];
    held.close();
    await harness.stop();
    fs.writeFileSync(file(), db);
    fs.writeFileSync(`${file()}-wal`, log.fill(9, log.length - 3000));
    await harness.restart();
    await runIntegrityCheck(harness.server.app, "integrity_check");
    expect([await ready(), await intact()]).toEqual([200, 1]);
    expect((await logIn(admin)).status).toBe(200);
  });

  test("the check of the file runs after every start", async () => {
    const other = await startHarness({ withJobs: true });
    await vi.waitFor(
      () => expect(other.logged).toContainEqual(expect.objectContaining({ event: "database.checked", damage: null })),
      { timeout: 20_000 },
    );
    await other.close();
  });

  test("damage found by a backup is remembered", async () => {
    await damage(overwrite("usage_stats", 0x5a, lastThree));
    await harness.restart();
    await runJobNow(harness.server.app, "backup");
    expect([await ready(), await intact()]).toEqual([503, 0]);
  });
});

describe("an unreadable row", () => {
  test("an unreadable row is not reported as a wrong password or expired session", async () => {
    await damage(overwrite("users_email_key", 0));
    await harness.restart();
    expect(await logIn(admin)).toMatchObject({ status: 503, body: { code: "SERVICE_UNAVAILABLE" } });
    expect(await ready(), "a read that met damage is remembered").toBe(503);
    await harness.stop();
    await damage(overwrite("sqlite_autoindex_sessions_1", 0));
    await harness.restart();
    expect(await admin.get("/api/keys")).toMatchObject({ status: 503, body: { code: "SERVICE_UNAVAILABLE" } });
  });

  test("an unreadable stored hash is not reported as a wrong password", async () => {
    await harness.server.app.db.prisma.user.updateMany({ data: { passwordHash: "$argon2id$v=19$ZZZZ" } });
    expect(await logIn(admin)).toMatchObject({ status: 503, body: { code: "SERVICE_UNAVAILABLE" } });
  });

  test("an unreadable row is not reported as missing once the damage is known", async () => {
    expect((await admin.get("/api/keys/999")).status).toBe(404);
    harness.server.app.storage.reportDamage("for this test");
    expect((await admin.get("/api/keys/999")).status).toBe(503);
    const wrong = { email: admin.email, password: "Wrong-Horse-99" };
    expect(
      (
        await request(`${harness.url}/api/auth/login`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(wrong),
        })
      ).status,
    ).toBe(503);
    expect((await request(`${harness.url}/api/keys`)).status, "no credential at all").toBe(401);
    expect((await admin.get("/api/keys")).status, "what can be read is read").toBe(200);
  });

  test("an unreadable row is not reported as an empty list", async () => {
    await damage(overwrite("api_keys", 0));
    await harness.restart();
    for (const where of [
      "/api/keys",
      "/api/stats/dashboard?days=30",
      "/api/usage?start_date=2026-03-01&end_date=2026-03-10",
    ])
      expect((await admin.get(where)).status, where).toBe(503);
  });
});

describe("an export", () => {
  /** All bytes of the response, and whether the connection ended properly. */
  const download = (version = "1.1") =>
    new Promise<{ text: string; isReset: boolean }>((resolve) => {
      const { port } = new URL(harness.url);
      const socket = net.connect(Number(port), "127.0.0.1");
      let text = "";
      socket.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      socket.on("error", () => resolve({ text, isReset: true }));
      socket.on("end", () => resolve({ text, isReset: false }));
      socket.write(
        `GET ${EXPORT} HTTP/${version}\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${admin.credential}\r\n\r\n`,
      );
    });

  test.each(["1.1", "1.0"])("an export that fails midway is aborted over HTTP/%s", async (version) => {
    const whole = await download(version);
    expect(whole.isReset).toBe(false);
    // The oldest days are read last.
    await damage(overwrite("usage_stats", 0x5a, (pages) => pages.slice(1, 4)));
    await harness.restart();
    const part = await download(version);
    if (NOTICES_RESETS) expect(part.isReset).toBe(true);
    expect(part.text).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(part.text.length).toBeLessThan(whole.text.length);
  });

  test("an export that fails before its first row is answered with 503", async () => {
    await damage(overwrite("usage_days", 0));
    await harness.restart();
    expect(await admin.get(EXPORT)).toMatchObject({ status: 503, body: { code: "SERVICE_UNAVAILABLE" } });
  });
});

describe("/health/ready", () => {
  test("/health/ready is 503 when the file is missing or replaced", async () => {
    expect(await ready()).toBe(200);
    const aside = `${file()}.aside`;
    fs.renameSync(file(), aside);
    await vi.waitFor(async () => expect(await ready()).toBe(503), { timeout: 5000 });
    fs.copyFileSync(aside, file());
    await vi.waitFor(async () => expect(await ready()).toBe(503), { timeout: 5000 });
    fs.renameSync(aside, file());
    await vi.waitFor(async () => expect(await ready()).toBe(200), { timeout: 5000 });
  });
});
