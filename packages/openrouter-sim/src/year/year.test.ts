import { expect, test } from "vitest";
import { Ledger } from "../ledger/ledger.ts";
import { dayNumber } from "../ledger/time.ts";
import { fillBelievableYear } from "./year.ts";

function filled(until: string, start?: string) {
  const now = Date.parse(until);
  const ledger = new Ledger({ seed: 1, now: () => now });
  const life = fillBelievableYear(ledger, { until: new Date(until), days: 365, ...(start ? { start } : {}) });
  return { ledger, life };
}

test("a year has several keys, a dozen models, free ones and BYOK, and never overdraws credits", () => {
  const { ledger, life } = filled("2026-11-20T15:30:00Z");
  expect(life.keys).toHaveLength(6);
  const models = new Set(life.keys.flatMap((key) => ledger.byDayModel(key.hash).map((row) => row.model)));
  expect(models.size).toBeGreaterThanOrEqual(13);
  const rows = ledger.keysOf(life.accountId).flatMap((key) => ledger.byDayModel(key.hash));
  expect(rows.some((row) => row.costNanos === 0n && row.promptTokens > 0 && row.model.endsWith(":free"))).toBe(true);
  expect(rows.some((row) => row.byokNanos > 0n)).toBe(true);
  expect(ledger.account(life.accountId).creditsNanos).toBeGreaterThan(
    ledger.totals({ accountId: life.accountId }).costNanos,
  );
  expect(ledger.keysOf(life.accountId).filter((key) => key.deleted)).toHaveLength(1);
});

test("one key is near its monthly limit, and one has been unused for months", () => {
  const { ledger, life } = filled("2026-11-20T15:30:00Z");
  const limited = ledger.keysOf(life.accountId).find((key) => key.limitNanos !== null)!;
  const spent = ledger.counterAt(limited, Date.parse("2026-11-20T15:30:00Z")).monthly;
  expect(Number(spent) / Number(limited.limitNanos)).toBeGreaterThan(0.8);
  expect(spent).toBeLessThan(limited.limitNanos!);
  const last = Math.max(...life.keys.map((key) => dayNumber(new Date(ledger.byDayModel(key.hash).at(-1)!.day))));
  const first = Math.min(...life.keys.map((key) => dayNumber(new Date(ledger.byDayModel(key.hash).at(-1)!.day))));
  expect(last - first).toBeGreaterThan(90);
});

test("a later restart repeats the past with the same secrets", () => {
  const before = filled("2026-11-18T15:30:00Z", "2025-07-01");
  before.life.spendUntil(new Date("2026-11-25T09:00:00Z"));
  const after = filled("2026-11-25T09:00:00Z", "2025-07-01");
  expect(after.life.keys).toEqual(before.life.keys);
  for (const { hash } of after.life.keys) {
    expect(after.ledger.byDayModel(hash)).toEqual(before.ledger.byDayModel(hash));
  }
});

test("continues with small spends", () => {
  const { ledger, life } = filled("2026-11-20T00:00:00Z");
  const total = () => ledger.totals({ accountId: life.accountId }).costNanos;
  const before = total();
  expect(life.spendUntil(new Date("2026-11-20T12:00:00Z"))).toBeGreaterThan(50);
  expect(total()).toBeGreaterThan(before);
  expect(life.spendUntil(new Date("2026-11-20T12:00:00Z"))).toBe(0);
});

test("spreads many keys over workspaces, with names that occur in each", () => {
  const now = Date.parse("2026-11-20T00:00:00Z");
  const ledger = new Ledger({ seed: 1, now: () => now });
  const life = fillBelievableYear(ledger, { until: new Date(now), days: 20, keys: 40, workspaces: 3 });
  const keys = life.keys.map(({ hash }) => ledger.key(hash));
  expect(new Set(keys.map(({ workspaceId }) => workspaceId)).size).toBe(3);
  expect(keys.filter(({ name }) => name === "ci")).toHaveLength(3);
});

test("an account with several workspaces has two deleted keys, and one with a single workspace has one", () => {
  const deleted = (workspaces: number) => {
    const now = Date.parse("2026-11-20T00:00:00Z");
    const ledger = new Ledger({ seed: 1, now: () => now });
    const life = fillBelievableYear(ledger, { until: new Date(now), days: 20, start: "2026-10-20", workspaces });
    return ledger.keysOf(life.accountId).filter((key) => key.deleted).length;
  };
  expect([deleted(1), deleted(2)]).toEqual([1, 2]);
});

test("keys of an account with several workspaces have changed in the last two months, and are in the state of their last change", () => {
  const until = new Date("2026-11-20T15:30:00Z");
  const ledger = new Ledger({ seed: 1, now: () => until.getTime() });
  const { changes } = fillBelievableYear(ledger, { until, start: "2025-07-01", keys: 40, workspaces: 4 });
  expect(changes.map(({ change }) => change.kind)).toEqual(["deleted", "renamed", "deleted", "limit", "disabled"]);
  for (const { at, hash, name, change } of changes) {
    expect(Date.parse(at)).toBeGreaterThan(until.getTime() - 60 * 86_400_000);
    const key = ledger.key(hash);
    expect(key.name).toBe(name);
    const last = ledger.byDayModel(hash).at(-1)!.day;
    if (change.kind === "deleted" || change.kind === "disabled") expect(last < at.slice(0, 10)).toBe(true);
    if (change.kind === "deleted") expect(key.deleted).toBe(true);
    if (change.kind === "disabled") expect(key.disabled).toBe(true);
    if (change.kind === "limit") expect(String(key.limitNanos)).toBe(change.limit);
    if (change.kind === "renamed") expect(change.before).not.toBe(name);
  }
  expect(new Set(changes.map(({ hash }) => hash)).size).toBe(5);
});
