import { afterEach, beforeEach, expect, test } from "vitest";
import { DOLLAR } from "../support/alerts/alerts.ts";
import { addChannel, deliver } from "../support/alerts/channels.ts";
import { type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { add, createAccount, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";

let scenario: Scenario;
let receivers: Receiver[];
let channels: number[];
let key: ReturnType<typeof createAccount>["key"];
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" } });
  receivers = [await startReceiver(), await startReceiver()];
  channels = [];
  for (const { url } of receivers)
    channels.push((await addChannel(scenario.user, { kind: "webhook", name: url, url })).id);
  key = createAccount(scenario).key;
  await add(scenario, key);
  for (const { id } of (await scenario.user.get("/api/alerts/rules")).body.items)
    await scenario.user.delete(`/api/alerts/rules/${id}`);
});
afterEach(async () => {
  await scenario.harness.close();
  for (const receiver of receivers) await receiver.close();
});

const addRule = async (name: string, amount: string, channel_ids: number[] | null) => {
  const answer = await scenario.user.post("/api/alerts/rules", {
    name,
    kind: "spend",
    span: "day",
    amount,
    channel_ids,
  });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
};
/** Names of the rules in each message that each receiver got. */
const received = () =>
  receivers.map(({ received }) =>
    received.map(({ body }) => {
      const { type, data } = JSON.parse(body);
      expect(type).toBe("notice.alert");
      if (data.items.length === 1) expect(data.title).toBe(data.items[0].text);
      return data.items.map((item: object) => {
        expect(item).not.toHaveProperty("channels");
        return (item as { rule_name: string }).rule_name;
      });
    }),
  );
async function spendAndDeliver(): Promise<void> {
  spend(scenario, key, "2026-03-10T12:30:00Z", 9n * DOLLAR);
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  await deliver(scenario.harness);
  await deliver(scenario.harness);
}

test("alerts go to the channels of their rule, each with its part of the notification", async () => {
  const [first = 0, second = 0] = channels;
  await addRule("everywhere", "1", null);
  expect((await addRule("first", "2", [first, first])).channel_ids).toEqual([first]);
  await addRule("second", "3", [second]);
  await addRule("inbox", "4", []);
  await spendAndDeliver();
  expect(received()).toEqual([[["everywhere", "first"]], [["everywhere", "second"]]]);
  const { items } = (await scenario.user.get("/api/inbox")).body;
  expect(
    items.flatMap((notice: { items: { rule_name: string }[] }) => notice.items.map(({ rule_name }) => rule_name)),
  ).toEqual(["everywhere", "first", "second", "inbox"]);
  expect(items[0].items[0]).not.toHaveProperty("channels");
});

test("a rule for the inbox only is delivered nowhere", async () => {
  await addRule("inbox", "4", []);
  await spendAndDeliver();
  expect(received()).toEqual([[], []]);
  expect((await scenario.user.get("/api/inbox")).body.total).toBe(1);
});

test("alerts that are added to a notification in quiet hours reach their channels", async () => {
  const [first = 0, second = 0] = channels;
  await scenario.user.put("/api/alerts/settings", { quiet_from: "11:00", quiet_to: "15:00", time_zone: "UTC" });
  await addRule("first", "1", [first]);
  await addRule("second", "15", [second]);
  await spendAndDeliver();
  spend(scenario, key, "2026-03-10T13:30:00Z", 9n * DOLLAR);
  await syncAt(scenario, "2026-03-10T14:00:00Z");
  await deliver(scenario.harness);
  expect(received()).toEqual([[], []]);
  await syncAt(scenario, "2026-03-10T15:10:00Z");
  await deliver(scenario.harness);
  expect(received()).toEqual([[["first"]], [["second"]]]);
});

test("a rule keeps the channels that are left, and alerts in all when none is", async () => {
  const [first = 0, second = 0] = channels;
  const [both, one] = [await addRule("both", "1", [first, second]), await addRule("one", "2", [first])];
  await scenario.user.delete(`/api/channels/${first}`);
  const rules = (await scenario.user.get("/api/alerts/rules")).body.items;
  expect(rules).toMatchObject([
    { id: both.id, channel_ids: [second] },
    { id: one.id, channel_ids: null },
  ]);
  expect((await scenario.user.put(`/api/alerts/rules/${one.id}`, { name: "renamed" })).status).toBe(200);
  await spendAndDeliver();
  expect(received()).toEqual([[], [["both", "renamed"]]]);
});

test("channels of others are refused, and other channels do not start a rule again", async () => {
  const other = await scenario.harness.createUser("grace@example.com");
  const refused = await other.post("/api/alerts/rules", { name: "x", kind: "key_invalid", channel_ids: [channels[0]] });
  expect([refused.status, refused.body.reason, refused.body.params]).toEqual([
    404,
    "rule_channel_not_found",
    { channel_id: channels[0] },
  ]);
  const rule = await addRule("rule", "1", null);
  scenario.harness.sim.clock.advance(60_000);
  const changed = await scenario.user.put(`/api/alerts/rules/${rule.id}`, { channel_ids: channels });
  expect(changed.body).toMatchObject({ channel_ids: channels, updated_at: rule.updated_at });
});
