import { listDays } from "@orwatch/domain/day";
import { DIMENSION_IDS } from "@orwatch/server/usage/breakdowns/dimensions";
import type Database from "better-sqlite3";
import { expect } from "vitest";
import { createRemote } from "../support/openrouter/openrouter-account.ts";
import { expectAccountExact, storedRows, trueRows } from "../support/openrouter/truth.ts";
import type { Harness } from "../support/server/harness.ts";
import { dayBefore, type ProcessHarness, spendNow } from "../support/server/process-harness.ts";

const HISTORY_DAYS = 60;

/** Creates an account at OpenRouter with keys in two workspaces, a deleted key and the chatroom, all of which have spent. */
export function createAccount(harness: ProcessHarness): { name: string; secret: string } {
  const { ledger } = harness.sim;
  const remote = createRemote({ harness });
  const space = remote.addSpace("Research");
  const keys = ["app", "batch", "old"].map((name) => remote.addKey(name));
  keys.push(...["app", "notebook"].map((name) => remote.addKey(name, { workspaceId: space })));
  for (const [index, key] of [...keys, ledger.chatroom(remote.id)].entries())
    for (const day of listDays(dayBefore(HISTORY_DAYS), dayBefore(1)))
      for (const [at, model] of ["maker/a", "maker/b"].entries())
        ledger.spendOnDay(day, key, model, {
          costNanos: BigInt(3_000_001 * (index + 1) + at),
          requests: 1 + at,
          promptTokens: 500,
          completionTokens: 50,
        });
  ledger.deleteKey(keys[2] as (typeof keys)[number]);
  const account = { name: `Account ${harness.accounts.length + 1}`, remote };
  harness.accounts.push(account);
  return { name: account.name, secret: remote.manager.secret };
}

/** Spends with every key of all accounts, and in their chatrooms. */
export function spendInAccounts(harness: ProcessHarness, nanos: () => bigint): void {
  const { ledger } = harness.sim;
  for (const { remote } of harness.accounts)
    for (const key of ledger.keysOf(remote.id))
      if (key.kind !== "management" && !key.deleted) spendNow(harness, key, nanos());
  spendNow(harness, ledger.chatroom(harness.manager.accountId), nanos());
}

/** Adds the accounts that a kill or a restored backup left out. */
export async function addMissingAccounts({ accounts, user }: ProcessHarness): Promise<void> {
  const { items } = (await user.get("/api/accounts")).body;
  for (const { name, remote } of accounts) {
    if (items.some((item: { name: string }) => item.name === name)) continue;
    const answer = await user.post("/api/accounts", { name, key: remote.manager.secret });
    expect(answer.status, answer.text).toBe(201);
  }
}

/** Expects each account of the user, and every key that is watched in it, to equal the ledger from a day on. */
export function expectAccountsExact(harness: ProcessHarness, stored: Harness, from: string): void {
  const { reader } = stored.server.app.db;
  const ids = reader
    .prepare(
      `SELECT m.key_hash, a.id FROM openrouter_accounts a JOIN api_keys m ON m.id = a.management_key_id
       JOIN teams t ON t.id = a.team_id JOIN users u ON u.id = t.personal_user_id WHERE u.email = 'ada@example.com'`,
    )
    .safeIntegers(false)
    .raw()
    .all() as [string, number][];
  const managers = [harness.manager, ...harness.accounts.map(({ remote }) => remote.manager)];
  expect(ids.map(([hash]) => hash).sort()).toEqual(managers.map(({ hash }) => hash).sort());
  const accountIds = new Map(ids);
  for (const { hash, accountId: ledgerId } of managers)
    expectAccountExact(stored, { accountId: accountIds.get(hash) as number, ledgerId, from });
  for (const { remote } of harness.accounts) {
    const accountId = accountIds.get(remote.manager.hash) as number;
    const watched = readKeys(reader, accountId);
    const listed = harness.sim.ledger.keysOf(remote.id).filter((key) => key.kind === "inference" && !key.deleted);
    expect(watched.map(({ hash }) => hash).sort()).toEqual(listed.map(({ hash }) => hash).sort());
    for (const { id, hash } of watched)
      expect(storedRows(stored, id, { from })).toEqual(trueRows(harness.sim, hash, { from }));
  }
}

const readKeys = (reader: Database.Database, accountId: number) =>
  reader
    .prepare("SELECT id, key_hash AS hash FROM api_keys WHERE account_id = ? AND kind = 'inference'")
    .safeIntegers(false)
    .all(accountId) as { id: number; hash: string }[];

/** Cost of all keys of the accounts in the last 31 days, by key and day, as collected by hour. */
export function hoursOf(reader: Database.Database, { accounts, sim }: ProcessHarness) {
  const rows = reader
    .prepare(
      `SELECT k.key_hash || ' ' || date(b.hour * 3600, 'unixepoch') AS key_day, sum(b.cost) AS cost FROM breakdowns b
       JOIN breakdown_owners o ON o.id = b.owner_id JOIN api_keys k ON k.id = o.api_key_id
       WHERE b.dimension = ? GROUP BY key_day`,
    )
    .safeIntegers(true)
    .all(DIMENSION_IDS.hour) as { key_day: string; cost: bigint }[];
  const costs = new Map(rows.map(({ key_day, cost }) => [key_day, cost]));
  const [stored, truth]: Record<string, bigint>[] = [{}, {}];
  for (const { remote } of accounts)
    for (const key of sim.ledger.keysOf(remote.id)) {
      if (key.kind !== "inference" || key.deleted) continue;
      for (const day of listDays(dayBefore(30), dayBefore(0))) {
        const name = `${key.hash} ${day}`;
        (truth as Record<string, bigint>)[name] = sim.ledger.totals({
          keyHash: key.hash,
          from: day,
          to: day,
        }).costNanos;
        (stored as Record<string, bigint>)[name] = costs.get(name) ?? 0n;
      }
    }
  return { stored, truth };
}
