import { usd } from "@orwatch/openrouter-sim";
import { countAttention } from "@orwatch/server/keys/list/attention";
import { listLimits } from "@orwatch/server/keys/list/limits";
import { listKeys } from "@orwatch/server/keys/list/list";
import { listKeyNames } from "@orwatch/server/keys/service";
import { addOwner } from "@orwatch/server/memberships/test-support";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let made = 0;

interface Figures {
  limit?: string;
  remaining?: string;
  reset?: string;
  daily?: string;
  isActive?: boolean;
  managedById?: number | null;
  syncError?: string;
}

const app = () => harness.server.app;

async function createOwner(): Promise<number> {
  made += 1;
  return (await addOwner(app().db, `${made}@example.com`)).teamId;
}

/** A key as stored by syncs. */
async function store(teamId: number, name: string, { limit, remaining, reset, daily, ...over }: Figures & Credits) {
  made += 1;
  const { credits, kind = "inference", syncError, ...rest } = over;
  const nanos = (amount: string | undefined) => (amount === undefined ? null : usd(amount));
  const { id } = await app().db.prisma.apiKey.create({
    data: {
      teamId,
      name,
      kind,
      label: "sk-or-v1-abc…9f2",
      keyEncrypted: "not read here",
      keyHash: String(made).padStart(64, "0"),
      countersAt: app().clock.now(),
      hasLimit: limit !== undefined,
      limitNanos: nanos(limit),
      limitRemainingNanos: nanos(remaining),
      limitReset: reset ?? null,
      usageDailyNanos: nanos(daily),
      creditsTotalNanos: credits === undefined ? null : usd("100"),
      creditsUsedNanos: credits === undefined ? null : usd("100") - usd(credits),
      lastSyncError: syncError ?? null,
      ...rest,
    },
  });
  return id;
}
interface Credits {
  /** Remaining of 100. */
  credits?: string;
  kind?: "inference" | "management";
}
const storeManager = (teamId: number, credits: string) => store(teamId, "manager", { kind: "management", credits });

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

describe("the first limit a key reaches", () => {
  test.each([
    ["nothing that is known", {}, undefined, null],
    ["nothing, while half of the limit's figures are known", { limit: "50" }, undefined, null],
    ["its own limit, where credits are not known", { limit: "50", remaining: "13.42" }, undefined, "own"],
    ["its own limit, where less is left of it", { limit: "50", remaining: "13.42" }, "20", "own"],
    ["its own limit, where both are the same", { limit: "50", remaining: "20" }, "20", "own"],
    ["the credits, where less is left of them", { limit: "50", remaining: "13.42" }, "5", "credits"],
    ["the credits, where it has no limit", {}, "5", "credits"],
    ["its own limit, once it is overdrawn", { limit: "50", remaining: "-0.25" }, "0", "own"],
    ["the credits, once they are more overdrawn", { limit: "50", remaining: "-0.25" }, "-1", "credits"],
    ["a limit of nothing", { limit: "0", remaining: "0" }, "5", "own"],
  ] as const)("the first limit a key reaches is %s", async (_, figures, credits, first) => {
    const teamId = await createOwner();
    const managedById = credits === undefined ? null : await storeManager(teamId, credits);
    await store(teamId, "one", { ...figures, managedById });
    const { items, total } = listLimits(app(), { teamId });
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ name: "one", first });
  });
});

describe("keys by their first limit", () => {
  test("lists the dozen keys nearest to their limit among any number of keys", async () => {
    const teamId = await createOwner();
    const managedById = await storeManager(teamId, "30");
    await store(teamId, "nearly out", { limit: "100", remaining: "0.5", reset: "monthly", daily: "2.1", managedById });
    await store(teamId, "half", { limit: "10", remaining: "5", managedById });
    const spentUp = await storeManager(teamId, "0");
    await store(teamId, "of a spent account", { limit: "10", remaining: "9", managedById: spentUp });
    await store(teamId, "busy", { daily: "9", managedById });
    await store(teamId, "switched off", { limit: "10", remaining: "0", isActive: false });
    for (let index = 0; index < 120; index += 1) await store(teamId, `later ${index}`, { daily: "0.1", managedById });
    const { items, total } = listLimits(app(), { teamId });
    expect(total).toBe(124);
    expect(items).toHaveLength(12);
    expect(items.slice(0, 4).map(({ name }) => name)).toEqual(["of a spent account", "nearly out", "half", "busy"]);
    expect(items[1]).toEqual({
      id: expect.any(Number),
      name: "nearly out",
      usage_daily: "2.10",
      byok_usage_daily: null,
      has_limit: true,
      limit: "100.00",
      limit_remaining: "0.50",
      limit_reset: "monthly",
      include_byok_in_limit: null,
      credits_remaining: "30.00",
      is_free_tier: null,
      first: "own",
    });
    const ids = items.slice(2, 4).map(({ id }) => id);
    expect(listLimits(app(), { teamId, api_key_id: ids })).toMatchObject({ total: 2, items: [{ name: "half" }, {}] });
    expect(listLimits(app(), { teamId, api_key_id: [] }).total).toBe(0);
    expect(listLimits(app(), { teamId: await createOwner(), api_key_id: ids })).toEqual({ items: [], total: 0 });
  });

  test("pickers find every key by name, newest first", async () => {
    const teamId = await createOwner();
    await storeManager(teamId, "1");
    for (let index = 0; index < 101; index += 1) await store(teamId, `key ${index}`, {});
    const { items } = await listKeyNames(app(), { teamId });
    expect(items).toHaveLength(102);
    expect(items[0]).toEqual({ id: expect.any(Number), name: "key 100", kind: "inference" });
    expect(items.at(-1)).toMatchObject({ name: "manager", kind: "management" });
    expect(await listKeyNames(app(), { teamId: await createOwner() })).toEqual({ items: [] });
  });

  test("sorts keys by any column in both directions, with unknown values last", async () => {
    const teamId = await createOwner();
    await store(teamId, "b", { daily: "2" });
    await store(teamId, "c", {});
    await store(teamId, "a", { daily: "10.5" });
    await store(teamId, "d", { daily: "2" });
    const namesBy = async (sort?: "name" | "-name" | "usage_daily" | "-usage_daily") => {
      const { items } = await listKeys(app(), { teamId, skip: 0, limit: 10, sort });
      return items.map(({ name }) => name).join("");
    };
    expect(await namesBy()).toBe("dacb");
    expect(await namesBy("name")).toBe("abcd");
    expect(await namesBy("-name")).toBe("dcba");
    expect(await namesBy("usage_daily")).toBe("dbac");
    expect(await namesBy("-usage_daily")).toBe("adbc");
  });

  test("counts and lists keys whose last sync failed, including management keys, except disabled ones", async () => {
    const teamId = await createOwner();
    await store(teamId, "fine", {});
    await store(teamId, "off", { isActive: false, syncError: "OpenRouter did not answer." });
    await store(teamId, "failing", { syncError: "OpenRouter did not answer." });
    await store(teamId, "manager", { kind: "management", syncError: "OpenRouter did not answer." });
    expect(countAttention(app(), { teamId })).toMatchObject({ spending: 2, failing: 2 });
    const { items } = await listKeys(app(), { teamId, skip: 0, limit: 10, show: "failing" });
    expect(items.map(({ name }) => name)).toEqual(["manager", "failing"]);
  });
});
