import fs from "node:fs";
import path from "node:path";
import type { LedgerKey } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { environmentOf, runCommand } from "../support/command.ts";
import { expectIntact } from "../support/integrity.ts";
import { storedRows } from "../support/truth.ts";
import { add, createAccount, keyOf, spend, startWatch, type Watch } from "../support/watch.ts";

const OLD = "a-key-for-tests-of-more-than-32-characters";
const NEW = "another encryption key of more than 32 characters";
const BOTH = { ENCRYPTION_KEY: NEW, ENCRYPTION_KEY_PREVIOUS: OLD };

let watch: Watch;
let keys: { key: LedgerKey; id: number }[];
beforeEach(async () => {
  watch = await startWatch("2026-03-10T12:00:00Z");
  keys = [];
  for (let n = 0; n < 3; n++) {
    const { key } = createAccount(watch);
    keys.push({ key, id: await add(watch, key) });
  }
});
afterEach(() => watch.harness.close());

const rotate = (args: string[], env: Record<string, string>) =>
  runCommand("rotate-keys", args, { ...environmentOf(watch.harness), ...env });
const backups = () => path.join(watch.harness.folder, "backups");
const warnings = () => watch.harness.logged.filter(({ event }) => String(event).startsWith("encryption_key."));

function envelopes(): string[] {
  const db = new Database(path.join(watch.harness.folder, "app.db"), { readonly: true });
  try {
    return db.prepare("SELECT key_encrypted FROM api_keys ORDER BY id").pluck().all() as string[];
  } finally {
    db.close();
  }
}

function writeInto(sql: string): void {
  const db = new Database(path.join(watch.harness.folder, "app.db"));
  db.exec(sql);
  db.close();
}

async function expectAllSync(env: Record<string, string>): Promise<void> {
  await watch.harness.restart(env);
  expect(await syncAll(watch.harness.server.app)).toMatchObject({ keys: keys.length, failed: 0 });
}

test("the server works with both keys, a dry run changes nothing, and --apply re-encrypts everything", async () => {
  await expectAllSync(BOTH);
  expect(warnings()).toMatchObject([
    { level: "warn", event: "encryption_key.outdated", outdated: 3, message: expect.stringMatching(/rotate-keys/) },
  ]);
  const before = envelopes();
  const dry = await rotate([], BOTH);
  expect(dry).toMatchObject({ code: 0, error: "" });
  expect(dry.out).toBe(
    "3 secrets: 0 under ENCRYPTION_KEY, 3 under ENCRYPTION_KEY_PREVIOUS, 0 under neither.\nThis was a dry run. Stop the server and do it with: npm run rotate-keys -- --apply\n",
  );
  const refused = await rotate(["--apply"], BOTH);
  expect(refused).toMatchObject({ code: 1, error: expect.stringMatching(/in use by another orwatch/) });
  expect(envelopes()).toEqual(before);
  await watch.harness.stop();
  const applied = await rotate(["--apply"], BOTH);
  expect(applied).toMatchObject({ code: 0, error: "" });
  expect(applied.out).toMatch(/Re-encrypted 3,.*ENCRYPTION_KEY_PREVIOUS can be removed.*before-rotation-\d{14}\.db/s);
  expect(envelopes().filter((envelope) => before.includes(envelope))).toEqual([]);
  expect(fs.readdirSync(backups()).filter((name) => name.startsWith("before-rotation-"))).toHaveLength(1);
  expect((await rotate(["--apply"], BOTH)).out).toMatch(/Nothing to do\. ENCRYPTION_KEY_PREVIOUS can be removed/);
  await expectAllSync({ ENCRYPTION_KEY: NEW });
  expectIntact(watch.harness);
});

test("changes nothing when a secret decrypts with neither key, unless told to leave it", async () => {
  await watch.harness.stop();
  writeInto(`UPDATE api_keys SET key_encrypted = 'v1.lost.' || key_encrypted WHERE id = ${keys[1]?.id}`);
  const before = envelopes();
  const neither = { ENCRYPTION_KEY: NEW, ENCRYPTION_KEY_PREVIOUS: "a mistyped encryption key of over 32 characters" };
  for (const args of [[], ["--apply"]])
    expect(await rotate(args, neither)).toMatchObject({
      code: 1,
      out: "",
      error: expect.stringMatching(
        /3 under neither\.\nNothing was changed.*Set the encryption key it was stored under/,
      ),
    });
  expect(await rotate(["--apply"], BOTH)).toMatchObject({
    code: 1,
    error: expect.stringMatching(/2 under ENCRYPTION_KEY_PREVIOUS, 1 under neither\.\nNothing was changed/),
  });
  expect(envelopes()).toEqual(before);
  expect((await rotate(["--apply", "--except-lost"], BOTH)).out).toMatch(/Re-encrypted 2,/);
  await watch.harness.restart({ ENCRYPTION_KEY: NEW });
  expect(warnings().at(-1)).toMatchObject({ level: "warn", event: "encryption_key.wrong", lost: 1, total: 3 });
  expect(await keyOf(watch, keys[1]?.id as number)).toMatchObject({
    last_sync_error_message: { code: "key_undecryptable" },
  });
  expect(await syncAll(watch.harness.server.app)).toMatchObject({ keys: 3, failed: 1 });
});

test("a key whose encryption key is lost can be added again and keeps its history", async () => {
  const { key, id } = keys[0] as (typeof keys)[number];
  spend(watch, key, "2026-03-10T12:30:00Z", 700n);
  watch.harness.sim.clock.advance(3_600_000);
  await syncAll(watch.harness.server.app);
  const history = storedRows(watch.harness, id);
  expect(history).toMatchObject([{ cost: 700n }]);
  await watch.harness.restart({ ENCRYPTION_KEY: NEW });
  expect(await keyOf(watch, id)).toMatchObject({ last_sync_error_message: { code: "key_undecryptable" } });
  expect(await add(watch, { ...key, name: "once more" })).toBe(id);
  expect(await keyOf(watch, id)).toMatchObject({ name: "once more", status: "valid", last_sync_error: null });
  expect(storedRows(watch.harness, id)).toEqual(history);
  const again = await watch.user.post("/api/keys", { name: "twice", key: key.secret });
  expect(again.status).toBe(409);
  expect((await watch.user.get("/api/keys")).body.total).toBe(3);
});

test("ciphertexts swapped between rows do not decrypt, and neither key is sent", async () => {
  const [one, two] = keys.map(({ id }) => id);
  await watch.harness.stop();
  const [first, second] = envelopes();
  writeInto(`UPDATE api_keys SET key_encrypted = '${second}' WHERE id = ${one};
    UPDATE api_keys SET key_encrypted = '${first}' WHERE id = ${two}`);
  await watch.harness.restart();
  const asked = watch.harness.sim.requests.length;
  expect(await syncAll(watch.harness.server.app)).toMatchObject({ keys: 3, failed: 2 });
  for (const id of [one, two])
    expect(await keyOf(watch, id as number)).toMatchObject({
      last_sync_error_message: { code: "key_undecryptable" },
    });
  expect(watch.harness.sim.requests.length - asked).toBeGreaterThan(0);
  const silent = new RegExp(`${keys[0]?.key.hash}|${keys[1]?.key.hash}`);
  for (const request of watch.harness.sim.requests.slice(asked)) expect(JSON.stringify(request)).not.toMatch(silent);
});
