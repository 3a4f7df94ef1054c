import { message } from "@orwatch/messages/message";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  add,
  createAccount,
  keyOf,
  type Scenario,
  spend,
  startScenario,
  syncAt,
} from "../support/openrouter/scenario.ts";
import { expectExact, storedRows } from "../support/openrouter/truth.ts";
import { startProxy } from "./proxy.ts";

let scenario: Scenario;
let proxy: Awaited<ReturnType<typeof startProxy>>;
beforeEach(async () => {
  proxy = await startProxy(() => scenario.harness.sim.url);
  scenario = await startScenario("2026-03-10T12:00:00Z", { env: { OPENROUTER_API_URL: proxy.url } });
});
afterEach(async () => {
  await scenario.harness.close();
  await proxy.close();
});

interface Query {
  dimensions?: string[];
}
interface Rows {
  data: { data: Record<string, unknown>[] };
}

/** Removes rows from the responses of analytics by model. */
const leaveOut = (isLost: (row: Record<string, unknown>) => boolean) => {
  proxy.meddle = ({ requestBody, answer }) => {
    if (!(requestBody as Query | null)?.dimensions) return answer;
    const { data } = answer as Rows;
    return { data: { ...data, data: data.data.filter((row) => !isLost(row)) } };
  };
};

test("keeps a completed day whose models do not add up to its total, and replaces the others", async () => {
  const { key, manager } = createAccount(scenario);
  for (const day of ["2026-03-07", "2026-03-08"]) {
    spend(scenario, key, day, 5_000n, "a/one");
    spend(scenario, key, day, 3_000n, "b/two");
  }
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  const before = storedRows(scenario.harness, keyId);
  spend(scenario, key, "2026-03-08T15:00:00Z", 100n, "a/one");
  spend(scenario, key, "2026-03-07T15:00:00Z", 100n, "a/one");
  leaveOut((row) => row.model === "b/two" && row.date__day === "2026-03-08");
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  expect(storedRows(scenario.harness, keyId, { from: "2026-03-08" })).toEqual(
    before.filter((row) => row.date >= "2026-03-08"),
  );
  expectExact(scenario.harness, { keyId, keyHash: key.hash, through: "2026-03-07" });
  expect((await keyOf(scenario, keyId)).last_sync_error_message).toEqual(
    message("openrouter_totals_disagree", { days: ["2026-03-08"], more: 0 }),
  );
  proxy.meddle = null;
  await syncAt(scenario, "2026-03-10T14:00:00Z");
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
});

test("an answer with a warning replaces nothing, whatever its rows", async () => {
  const { key, manager } = createAccount(scenario);
  spend(scenario, key, "2026-03-08", 5_000n, "a/one");
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  const before = storedRows(scenario.harness, keyId);
  proxy.meddle = ({ requestBody, answer }) => {
    if (!requestBody) return answer;
    const { data } = answer as Rows;
    const row = { date__day: "2026-03-08", model: "a/one", credits_usage: 0.000001, request_count: "1" };
    return { data: { ...data, data: [row], warnings: ["results may be partial"] } };
  };
  scenario.harness.sim.faults.add({ match: { path: "/activity" }, kind: "500" });
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  expect(storedRows(scenario.harness, keyId)).toEqual(before);
  expect((await keyOf(scenario, keyId)).last_sync_error_message.code).toBe("openrouter_analytics_incomplete");
});

test("ignores a day that was not requested", async () => {
  const { key, manager } = createAccount(scenario);
  spend(scenario, key, "2026-03-01", 5_000n);
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  proxy.meddle = ({ requestBody, answer }) => {
    const { data } = answer as Rows;
    if (!requestBody || !data.data) return answer;
    const stray = { date__day: "2026-03-01", model: "stray/model", credits_usage: 1, request_count: "1" };
    return { data: { ...data, data: [...data.data, stray] } };
  };
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
});

test("accepts a difference of half a nano-dollar per row as rounding", async () => {
  const { key, manager } = createAccount(scenario);
  for (const model of ["a", "b", "c"]) spend(scenario, key, "2026-03-08", 1_000n, model);
  proxy.meddle = ({ requestBody, answer }) => {
    if (!(requestBody as Query | null)?.dimensions) return answer;
    const { data } = answer as Rows;
    return { data: { ...data, data: data.data.map((row) => ({ ...row, credits_usage: 0.0000010004 })) } };
  };
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
  expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
});
