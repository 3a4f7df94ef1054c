import fs from "node:fs";
import path from "node:path";
import type { LedgerKey } from "@orwatch/openrouter-sim";
import { syncAll } from "@orwatch/server/sync/service";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { add, createAccount, keyOf, type Scenario, spend, startScenario } from "../support/openrouter/scenario.ts";
import { storedRows } from "../support/openrouter/truth.ts";
import { environmentOf, runCommand } from "../support/server/command.ts";

const OLD = "a-key-for-tests-of-more-than-32-characters";
const NEW = "another encryption key of more than 32 characters";
const BOTH = { ENCRYPTION_KEY: NEW, ENCRYPTION_KEY_PREVIOUS: OLD };

let scenario: Scenario;
let keys: { key: LedgerKey; id: number }[];
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
  keys = [];
  for (let n = 0; n < 3; n++) {
    const { key } = createAccount(scenario);
    keys.push({ key, id: await add(scenario, key) });
  }
});
afterEach(() => scenario.harness.close());

const rotate = (args: string[], env: Record<string, string>) =>
  runCommand("rotate-keys", args, { ...environmentOf(scenario.harness), ...env });
const backups = () => path.join(scenario.harness.folder, "backups");
const warnings = () => scenario.harness.logged.filter(({ event }) => String(event).startsWith("encryption_key."));

function envelopes(): string[] {
  const db = new Database(path.join(scenario.harness.folder, "app.db"), { readonly: true });
  try {
    return db.prepare("SELECT key_encrypted FROM api_keys ORDER BY id").pluck().all() as string[];
  } finally {
    db.close();
  }
}

function writeInto(sql: string): void {
  const db = new Database(path.join(scenario.harness.folder, "app.db"));
  db.exec(sql);
  db.close();
}

async function expectAllSync(env: Record<string, string>): Promise<void> {
  await scenario.harness.restart(env);
  expect(await syncAll(scenario.harness.server.app)).toMatchObject({ keys: keys.length, failed: 0 });
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
    "3 secrets: 0 under ENCRYPTION_KEY, 3 under ENCRYPTION_KEY_PREVIOUS, 0 under neither.\nThis was a dry run. To apply it, stop the server and run: npm run rotate-keys -- --apply\n",
  );
  const refused = await rotate(["--apply"], BOTH);
  expect(refused).toMatchObject({ code: 1, error: expect.stringMatching(/in use by another orwatch/) });
  expect(envelopes()).toEqual(before);
  await scenario.harness.stop();
  const applied = await rotate(["--apply"], BOTH);
  expect(applied).toMatchObject({ code: 0, error: "" });
  expect(applied.out).toMatch(/Re-encrypted 3 .*ENCRYPTION_KEY_PREVIOUS can be removed.*before-rotation-\d{14}\.db/s);
  expect(envelopes().filter((envelope) => before.includes(envelope))).toEqual([]);
  expect(fs.readdirSync(backups()).filter((name) => name.startsWith("before-rotation-"))).toHaveLength(1);
  expect((await rotate(["--apply"], BOTH)).out).toMatch(/Nothing to do\. ENCRYPTION_KEY_PREVIOUS can be removed/);
  await expectAllSync({ ENCRYPTION_KEY: NEW });
  expectIntact(scenario.harness);
});

test("changes nothing when a secret decrypts with neither key, unless it may be skipped", async () => {
  await scenario.harness.stop();
  writeInto(`UPDATE api_keys SET key_encrypted = 'v1.lost.' || key_encrypted WHERE id = ${keys[1]?.id}`);
  const before = envelopes();
  const neither = { ENCRYPTION_KEY: NEW, ENCRYPTION_KEY_PREVIOUS: "a mistyped encryption key of over 32 characters" };
  for (const args of [[], ["--apply"]])
    expect(await rotate(args, neither)).toMatchObject({
      code: 1,
      out: "",
      error: expect.stringMatching(/3 under neither\.\nNothing was changed.*Set the key they were encrypted with/),
    });
  expect(await rotate(["--apply"], BOTH)).toMatchObject({
    code: 1,
    error: expect.stringMatching(/2 under ENCRYPTION_KEY_PREVIOUS, 1 under neither\.\nNothing was changed/),
  });
  expect(envelopes()).toEqual(before);
  expect((await rotate(["--apply", "--except-lost"], BOTH)).out).toMatch(/Re-encrypted 2 /);
  await scenario.harness.restart({ ENCRYPTION_KEY: NEW });
  expect(warnings().at(-1)).toMatchObject({ level: "warn", event: "encryption_key.wrong", lost: 1, total: 3 });
  expect(await keyOf(scenario, keys[1]?.id as number)).toMatchObject({
    last_sync_error_message: { code: "key_undecryptable" },
  });
  expect(await syncAll(scenario.harness.server.app)).toMatchObject({ keys: 3, failed: 1 });
});

test("a key whose encryption key is lost can be added again and keeps its history", async () => {
  const { key, id } = keys[0] as (typeof keys)[number];
  spend(scenario, key, "2026-03-10T12:30:00Z", 700n);
  scenario.harness.sim.clock.advance(3_600_000);
  await syncAll(scenario.harness.server.app);
  const history = storedRows(scenario.harness, id);
  expect(history).toMatchObject([{ cost: 700n }]);
  await scenario.harness.restart({ ENCRYPTION_KEY: NEW });
  expect(await keyOf(scenario, id)).toMatchObject({ last_sync_error_message: { code: "key_undecryptable" } });
  expect(await add(scenario, { ...key, name: "once more" })).toBe(id);
  expect(await keyOf(scenario, id)).toMatchObject({ name: "once more", status: "valid", last_sync_error: null });
  expect(storedRows(scenario.harness, id)).toEqual(history);
  const again = await scenario.user.post("/api/keys", { name: "twice", key: key.secret });
  expect(again.status).toBe(409);
  expect((await scenario.user.get("/api/keys")).body.total).toBe(3);
});

test("ciphertexts swapped between rows do not decrypt, and neither key is sent", async () => {
  const [one, two] = keys.map(({ id }) => id);
  await scenario.harness.stop();
  const [first, second] = envelopes();
  writeInto(`UPDATE api_keys SET key_encrypted = '${second}' WHERE id = ${one};
    UPDATE api_keys SET key_encrypted = '${first}' WHERE id = ${two}`);
  await scenario.harness.restart();
  const asked = scenario.harness.sim.requests.length;
  expect(await syncAll(scenario.harness.server.app)).toMatchObject({ keys: 3, failed: 2 });
  for (const id of [one, two])
    expect(await keyOf(scenario, id as number)).toMatchObject({
      last_sync_error_message: { code: "key_undecryptable" },
    });
  expect(scenario.harness.sim.requests.length - asked).toBeGreaterThan(0);
  const silent = new RegExp(`${keys[0]?.key.hash}|${keys[1]?.key.hash}`);
  for (const request of scenario.harness.sim.requests.slice(asked)) expect(JSON.stringify(request)).not.toMatch(silent);
});
