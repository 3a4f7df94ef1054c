import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createLog, type LogLevel, redact } from "./log.ts";

const KEY = `sk-or-v1-${"0123456789abcdef".repeat(4)}`;
const TOKEN = `or_api_${"aB3-_x".repeat(10)}`;
const SESSION = "abcdefghijklmnopqrstuvwxyz234567abcdefgh";
const SECRETS = [KEY, TOKEN, SESSION];

let tried = 0;
afterAll(() => void process.stdout.write(`log: ${tried} lines tried\n`));

function write(event: string, fields?: Record<string, unknown>, level: LogLevel = "debug"): string {
  const lines: string[] = [];
  createLog({ level, write: (line) => void lines.push(line), now: () => new Date(0) }).error(event, fields);
  tried += 1;
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{[^\n]*\}\n$/);
  return lines[0] as string;
}

test("writes one JSON object per line with time, level and event", () => {
  expect(JSON.parse(write("request", { status: 200, nanos: 5n, at: new Date(0) }))).toEqual({
    time: "1970-01-01T00:00:00.000Z",
    level: "error",
    event: "request",
    status: 200,
    nanos: "5",
    at: "1970-01-01T00:00:00.000Z",
  });
});

test("omits lines below the level", () => {
  const lines: string[] = [];
  const log = createLog({ level: "warn", write: (line) => void lines.push(line) });
  log.debug("no");
  log.info("no");
  log.warn("yes");
  log.error("yes");
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["yes", "yes"]);
});

test.each([
  ["an OpenRouter key", `sent ${KEY} there`],
  ["a key in a URL", `/keys?key=${KEY}&x=1`],
  ["a key with odd characters", `sk-or-v1-ab!cd/ef+gh=ij`],
  ["an API token", `Authorization was ${TOKEN}`],
  ["a bearer", `authorization: Bearer ${SESSION}`],
  ["a bearer in capitals", `BEARER   ${SESSION}`],
  ["a webhook's secret", `it was whsec_${"aB+/".repeat(8)}= there`],
  ["a Telegram bot's token", "https://api.telegram.org/bot123456789:AAEhBOweik6ad9r_zWxC-0123456789abcd/sendMessage"],
  ["a session cookie", `a=b; orwatch_session=${SESSION}; c=d`],
  ["a session cookie over https", `__Host-orwatch_session=${SESSION}`],
])("redacts %s in any text", (_, text) => {
  const line = write("x", { note: text, error: new Error(text), list: [{ text }] });
  for (const secret of [...SECRETS, "ab!cd/ef", "aB+/aB+", "AAEhBOweik6"]) expect(line).not.toContain(secret);
  expect(redact(text)).toContain("[redacted]");
});

test.each([
  "password",
  "new_password",
  "password_confirm",
  "passwordHash",
  "key",
  "api_key",
  "apiKey",
  "encryptionKey",
  "ENCRYPTION_KEY",
  "secret",
  "token",
  "access_token",
  "token_hash",
  "keyEncrypted",
  "authorization",
  "Cookie",
  "set-cookie",
  "sessionId",
  "session_id",
])("omits a field named %s, whatever its value", (name) => {
  for (const value of ["Correct-Horse-9", ["Correct-Horse-9"], { text: "Correct-Horse-9" }])
    expect(write("x", { input: { [name]: value } })).not.toContain("Correct-Horse-9");
});

test("keeps numbers and similar names", () => {
  const fields = { api_key_id: 7, keys: 3, sessions: 2, label: "sk-or-v1-abc…9f2", job: "sync", token: null };
  expect(JSON.parse(write("x", fields))).toMatchObject(fields);
});

test("writes an error with its stack and without secrets", () => {
  const line = JSON.parse(write("x", { error: new Error(`cannot use ${KEY}`) }));
  expect(line.error).toMatchObject({ name: "Error", message: "cannot use [redacted]" });
  expect(line.error.stack).toContain("log.test.ts");
});

test("writes a line about circular objects and throwing getters", () => {
  const circular: Record<string, unknown> = { name: "round" };
  circular.self = { again: circular };
  expect(write("x", { circular })).toContain("[circular]");
  expect(write("x", { twice: [circular.name, circular.name], same: [SECRETS, SECRETS] })).not.toContain("[circular]");
  const broken = {
    toJSON() {
      throw new Error("no");
    },
  };
  expect(JSON.parse(write("x", { broken }))).toMatchObject({ event: "x", problem: expect.any(String) });
});

test("writes no secret at any depth or in any context", () => {
  const secret = fc.constantFrom(KEY, TOKEN, `Bearer ${SESSION}`, `orwatch_session=${SESSION}`);
  const around = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\w-]$/, " "));
  const text = fc.tuple(around, secret, fc.string()).map(([before, middle, after]) => `${before} ${middle} ${after}`);
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      text,
      text.map((message) => new Error(message)),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie("tree"), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), tree, { maxKeys: 3 }), (fields) => {
      const line = write("x", fields);
      for (const one of SECRETS) expect(line).not.toContain(one);
    }),
    { numRuns: 2000 },
  );
});
