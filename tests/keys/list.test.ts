import { usd } from "@orwatch/openrouter-sim";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRemote, type Json, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { add, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";

let scenario: Scenario;
let remote: Remote;
let id: number;
let space: string;

/** An account with a key in each state, and one key whose secret is stored. Tests that change something come last. */
beforeAll(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { sim: { creditsLagMs: 0, lagMs: 0 } });
  remote = createRemote(scenario, usd("100"));
  space = remote.addSpace("Research");
  const { ledger } = scenario.harness.sim;
  const names = ["key 10", "key 9", "Änderung", "disabled", "gone", "quiet"];
  const keys = names.map((name, index) => remote.addKey(name, index % 2 === 1 ? { workspaceId: space } : {}));
  for (const [index, key] of keys.entries()) spend(scenario, key, "2026-03-10T10:00:00Z", usd(String(index + 1)));
  ({ id } = await watchRemote(scenario, remote));
  await add(scenario, remote.addKey("mine"));
  ledger.updateKey(keys[3]!, { disabled: true });
  ledger.deleteKey(keys[4]!);
  await scenario.user.put(`/api/accounts/${id}/keys/${keys[5]!.hash}`, { is_watched: false });
  await syncAt(scenario, "2026-03-10T13:00:00Z");
});
afterAll(() => scenario.harness.close());

const list = async (path: string, query: Record<string, string>) => {
  const { body, status, text } = await scenario.user.get(`${path}?${new URLSearchParams({ limit: "100", ...query })}`);
  expect(status, text).toBe(200);
  return { ...body, names: body.items.map(({ name }: Json) => name) };
};

describe("your keys", () => {
  const keys = (query: Record<string, string>) => list("/api/keys", query);

  test.each([
    [{ search: "KEY" }, ["key 9", "key 10"]],
    [{ search: "änder" }, ["Änderung"]],
    [{ search: "research" }, ["quiet", "disabled", "key 9"]],
    [{ status: "off" }, ["quiet"]],
    [{ status: "invalid" }, ["gone", "disabled"]],
    [{ source: "pasted" }, ["mine", "Acme"]],
    [{ kind: "management" }, ["Acme"]],
    [{ status: "off", search: "key" }, []],
  ])("keys are found by %o", async (query, names) => {
    const { names: found, total } = await keys(query as Record<string, string>);
    expect([...found].sort()).toEqual([...names].sort());
    expect(total).toBe(names.length);
  });

  test("keys are found by workspace", async () => {
    expect((await keys({ workspace_id: space })).names.sort()).toEqual(["disabled", "key 9", "quiet"]);
  });

  test("keys are summed beyond the page, and sorted with numbers in names in numeric order", async () => {
    const all = await keys({ sort: "name", limit: "2", search: "key" });
    expect(all).toMatchObject({ names: ["key 9", "key 10"], total: 2, sums: { usage: "3.00", usage_daily: "3.00" } });
    const one = await keys({ sort: "-name", limit: "1", search: "key" });
    expect(one).toMatchObject({ names: ["key 10"], total: 2, sums: all.sums });
  });

  test("keys have no sum when no amount is known", async () => {
    expect((await keys({ search: "nothing like it" })).sums).toEqual({
      usage: null,
      usage_daily: null,
      usage_weekly: null,
      usage_monthly: null,
    });
  });

  test("keys are sorted by the remaining limit, unknown last", async () => {
    scenario.harness.sim.ledger.updateKey(
      scenario.harness.sim.ledger.keysOf(remote.id).find(({ name }) => name === "key 9")!,
      { limitNanos: usd("50") },
    );
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    const { names } = await keys({ sort: "limit_remaining" });
    expect(names.slice(0, 2)).toEqual(["key 9", "Acme"]);
  });
});

describe("keys of an account", () => {
  const keys = (query: Record<string, string>) => list(`/api/accounts/${id}/keys`, query);

  test.each([
    ["active", ["Änderung", "key 10", "key 9", "mine"]],
    ["disabled", ["disabled"]],
    ["deleted", ["gone"]],
    ["unwatched", ["quiet"]],
    ["expired", []],
    ["failed", []],
  ])("keys of an account are found by the state %s", async (state, names) => {
    expect((await keys({ state })).names.sort()).toEqual([...names].sort());
  });

  test("keys of an account are found by source, and summed beyond the page", async () => {
    expect((await keys({ source: "pasted" })).names).toEqual(["mine"]);
    expect(await keys({ limit: "1", sort: "-usage" })).toMatchObject({
      names: ["quiet"],
      total: 7,
      sums: { usage: "21.00" },
    });
  });

  test("keys deleted in orwatch are unwatched, and come last", async () => {
    const { items } = (await scenario.user.get("/api/keys?search=key+10")).body;
    await scenario.user.delete(`/api/keys/${items[0].id}`);
    expect((await keys({ state: "unwatched" })).names).toEqual(["quiet", "key 10"]);
    expect((await keys({})).names.at(-1)).toBe("key 10");
    expect((await keys({ sort: "-usage" })).names.at(-1)).toBe("key 10");
  });
});
