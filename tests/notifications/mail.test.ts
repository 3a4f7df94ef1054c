import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { message } from "@orwatch/messages/message";
import { parseConfig } from "@orwatch/server/config";
import { createMailer, type MailOptions } from "@orwatch/server/notifications/mail/mailer";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, beforeAll, expect, test } from "vitest";
import { addChannel, deliver, deliveriesOf, notify, startMailServer } from "../support/alerts/channels.ts";
import { expectNone, readFolder, readLog } from "../support/checks/secrecy.ts";
import { startHarness } from "../support/server/harness.ts";

const PASSWORD = "hush/hush:hush";
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});
const keep = async <T extends { close(): unknown }>(made: T | Promise<T>): Promise<T> => {
  const thing = await made;
  open.push(thing);
  return thing;
};

/** Self-signed certificate for localhost. */
let tls: { key: string; cert: string };
beforeAll(() => {
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-tls-"));
  const file = (name: string) => path.join(folder, name);
  const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext";
  const args = [
    ...request.split(" "),
    "subjectAltName=DNS:localhost,IP:127.0.0.1",
    "-keyout",
    file("key"),
    "-out",
    file("cert"),
  ];
  execFileSync("openssl", args, { stdio: "ignore" });
  tls = { key: readFileSync(file("key"), "utf8"), cert: readFileSync(file("cert"), "utf8") };
  rmSync(folder, { recursive: true });
});

const withLogin: SMTPServerOptions = {
  authOptional: false,
  allowInsecureAuth: true,
  onAuth(auth, _, done) {
    if (auth.username === "ada" && auth.password === PASSWORD) done(null, { user: "ada" });
    // A server that is careless enough to repeat what it got.
    else done(new Error(`Invalid login ${auth.password}`));
  },
};
const urlOf = (port: number, options: { scheme?: string; password?: string; host?: string } = {}) =>
  `${options.scheme ?? "smtp"}://ada:${encodeURIComponent(options.password ?? PASSWORD)}@${options.host ?? "127.0.0.1"}:${port}`;

function send(SMTP_URL: string, options: Partial<MailOptions> = {}) {
  const { smtp } = parseConfig({
    ENCRYPTION_KEY: "k".repeat(32),
    SMTP_URL,
    MAIL_FROM: "orwatch <orwatch@example.com>",
  });
  return createMailer({ smtp, timeoutMs: 500, ...options }).send({
    to: "ada@example.com",
    messageId: "msg_1",
    mail: { subject: "Hi €", text: "plain", html: "<p>fancy</p>" },
    headers: { "List-Unsubscribe": "<https://keys.example.com/alerts?part=channels>" },
  });
}

test("an email has text and HTML, its sender, and is marked as automatic", async () => {
  const server = await keep(startMailServer(withLogin));
  expect(await send(urlOf(server.port))).toMatchObject({ ok: true, answer: expect.stringMatching(/^250 /) });
  expect(server.mails).toMatchObject([
    { to: ["ada@example.com"], from: "orwatch@example.com", user: "ada", secure: false },
  ]);
  const source = server.mails[0]?.source ?? "";
  for (const part of [
    "From: orwatch <orwatch@example.com>",
    "To: ada@example.com",
    "Message-ID: <msg_1@example.com>",
    "Auto-Submitted: auto-generated",
    "List-Unsubscribe: <https://keys.example.com/alerts?part=channels>",
    "plain",
    "<p>fancy</p>",
  ])
    expect(source).toContain(part);
});

test("smtps and STARTTLS encrypt, and untrusted certificates are rejected except of a local relay", async () => {
  const secure = await keep(startMailServer({ ...withLogin, ...tls, secure: true }));
  const upgraded = await keep(
    startMailServer({ ...withLogin, ...tls, disabledCommands: [], allowInsecureAuth: false }),
  );
  expect(await send(urlOf(secure.port, { scheme: "smtps" }))).toMatchObject({
    ok: false,
    error: { code: expect.stringMatching(/^mail_(connection_failed|encryption_untrusted)$/) },
  });
  expect(await send(urlOf(secure.port, { scheme: "smtps" }), { ca: tls.cert })).toMatchObject({ ok: true });
  expect(await send(urlOf(upgraded.port))).toMatchObject({ ok: true });
  expect([secure.mails.map((mail) => mail.secure), upgraded.mails.map((mail) => mail.secure)]).toEqual([
    [true],
    [true],
  ]);
});

test("a password is not sent to a remote server without encryption", async () => {
  const server = await keep(startMailServer(withLogin));
  const { smtp } = parseConfig({
    ENCRYPTION_KEY: "k".repeat(32),
    SMTP_URL: urlOf(server.port),
    MAIL_FROM: "a@example.com",
  });
  const elsewhere = smtp && { ...smtp, isLoopback: false };
  const outcome = await createMailer({ smtp: elsewhere, timeoutMs: 500 }).send({
    to: "ada@example.com",
    messageId: "msg_1",
    mail: { subject: "Hi", text: "", html: "" },
  });
  expect(outcome).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^mail_encryption_/) } });
  expect(server.mails).toEqual([]);
});

test("failures of the mail server are distinguished, without showing the password", async () => {
  const server = await keep(startMailServer(withLogin));
  const full = await keep(
    startMailServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error("mailbox full"), { responseCode: 452 })),
    }),
  );
  const down = await startMailServer();
  await down.close();
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const outcomes = [
    await send(urlOf(server.port, { password: "not-the-hush-password" })),
    await send(`smtp://127.0.0.1:${server.port}`),
    await send(down.url),
    await send(full.url),
    await send(`smtp://127.0.0.1:${(silent.address() as { port: number }).port}`),
    await createMailer({ smtp: null }).send({
      to: "a@example.com",
      messageId: "m",
      mail: { subject: "", text: "", html: "" },
    }),
  ];
  silent.close();
  expect(outcomes.map((outcome) => (outcome.ok ? "sent" : outcome.error.code))).toEqual([
    "mail_login_rejected",
    expect.stringMatching(/^mail_(login_required|rejected)$/),
    expect.stringMatching(/^mail_(server_unreachable|connection_failed)$/),
    "mail_rejected",
    "mail_server_no_response",
    "mail_not_configured",
  ]);
  expectNone(["not-the-hush-password"], JSON.stringify(outcomes), "an outcome");
});

const codeIn = (source: string) => /(\d{6}) is your confirmation code/.exec(source)?.[1] ?? "";

test("an address receives only a code until it is confirmed, and five wrong codes invalidate it", async () => {
  const server = await keep(startMailServer(withLogin));
  const harness = await keep(
    startHarness({
      sim: { now: "2026-03-10T12:00:00Z" },
      env: { SMTP_URL: urlOf(server.port), MAIL_FROM: "orwatch@example.com", PUBLIC_URL: "https://keys.example.com" },
      mail: { timeoutMs: 500 },
    }),
  );
  const user = await harness.createUser();
  expect((await user.get("/api/channels")).body.email_available).toBe(true);
  const { id, status } = await addChannel(user, { kind: "email", address: "Ada@Example.com", wants_digest: true });
  expect(status).toBe("unconfirmed");
  await notify(harness, user, "too early");
  await deliver(harness);
  expect(server.mails).toHaveLength(1);
  const code = codeIn(server.mails[0]?.source ?? "");
  expect((await user.post(`/api/channels/${id}/test`)).status).toBe(409);
  const wrong = code === "000000" ? "000001" : "000000";
  const tries = await Promise.all(
    Array.from({ length: 7 }, () => user.post(`/api/channels/${id}/confirm`, { code: wrong })),
  );
  expect(tries.map(({ status }) => status)).toEqual(Array(7).fill(400));
  expect((await user.post(`/api/channels/${id}/confirm`, { code })).body.reason).toBe("confirmation_code_unusable");
  expect((await user.post(`/api/channels/${id}/code`)).status).toBe(200);
  const second = codeIn(server.mails[1]?.source ?? "");
  harness.sim.clock.advance(31 * 60_000);
  expect((await user.post(`/api/channels/${id}/confirm`, { code: second })).status).toBe(400);
  await user.post(`/api/channels/${id}/code`);
  const third = codeIn(server.mails[2]?.source ?? "");
  expect((await user.post(`/api/channels/${id}/confirm`, { code: third })).body).toMatchObject({
    status: "ok",
    wants_digest: true,
  });
  expect((await user.post(`/api/channels/${id}/confirm`, { code: third })).status).toBe(409);
  await notify(harness, user, "A budget is passed");
  await deliver(harness);
  expect(server.mails).toHaveLength(4);
  expect(server.mails[3]).toMatchObject({ to: ["Ada@example.com"] });
  expect(server.mails[3]?.source).toContain("Subject: [orwatch] A budget is passed");
  expect(await deliveriesOf(user)).toMatchObject([{ state: "delivered", last_status: 250 }]);
  expectNone([PASSWORD], `${readLog(harness)}${readFolder(harness)}`, "the log or a file");
});

test("codes are rate-limited per user and address, and a failing mail server is reported", async () => {
  const server = await startMailServer(withLogin);
  const harness = await keep(
    startHarness({
      sim: { now: "2026-03-10T12:00:00Z" },
      env: { SMTP_URL: urlOf(server.port), MAIL_FROM: "orwatch@example.com" },
      mail: { timeoutMs: 500 },
    }),
  );
  const [user, other] = [await harness.createUser(), await harness.createUser()];
  const { id } = await addChannel(user, { kind: "email", address: "stranger@example.com" });
  const statuses: number[] = [];
  for (let turn = 0; turn < 6; turn++) statuses.push((await user.post(`/api/channels/${id}/code`)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  const theirs = await addChannel(other, { kind: "email", address: "STRANGER@example.com" });
  expect(theirs.status_reason).toEqual(message("channel_code_expired", {}));
  expect(server.mails).toHaveLength(5);
  await server.close();
  harness.sim.clock.advance(3_601_000);
  const answer = await user.post(`/api/channels/${id}/code`);
  expect([answer.status, answer.body]).toMatchObject([
    502,
    { reason: "confirmation_code_not_sent", params: { cause: { code: "mail_connection_failed" } } },
  ]);
});

test("without SMTP_URL email channels are rejected with the reason", async () => {
  const harness = await keep(startHarness());
  const answer = await (await harness.createUser()).post("/api/channels", {
    kind: "email",
    name: "x",
    address: "a@example.com",
  });
  expect([answer.status, answer.body.reason]).toEqual([409, "mail_not_configured"]);
});
