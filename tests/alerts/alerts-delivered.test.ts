import { evaluateAll } from "@orwatch/server/alerts/evaluation/evaluate";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { addChannel, deliver, startMailServer } from "../support/alerts/channels.ts";
import { startReceiver } from "../support/alerts/receivers.ts";
import { add, createAccount, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";

const DOLLAR = 1_000_000_000n;

test("alerts of a week arrive once by webhook and once by email, after quiet hours and across restarts", async () => {
  const [mail, receiver] = [await startMailServer(), await startReceiver()];
  const scenario = await startScenario("2026-03-09T12:00:00Z", {
    env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8", SMTP_URL: mail.url, MAIL_FROM: "orwatch@example.com" },
  });
  const { harness, user } = scenario;
  const { key } = createAccount(scenario);
  harness.sim.ledger.updateKey(key, { limitNanos: 20n * DOLLAR, limitReset: "daily" });
  await add(scenario, key);
  await user.post("/api/alerts/rules", { name: "a day", kind: "spend", span: "day", amount: "15.00" });
  await user.put("/api/alerts/settings", { quiet_from: "22:00", quiet_to: "06:00" });
  const { signing_secret: secret } = await addChannel(user, { kind: "webhook", url: receiver.url });
  const byMail = await addChannel(user, { kind: "email", address: "ada@example.com" });
  const code = /(\d{6}) is your confirmation code/.exec(mail.mails[0]?.source ?? "")?.[1];
  expect((await user.post(`/api/channels/${byMail.id}/confirm`, { code })).status).toBe(200);
  const confirmations = mail.mails.length;

  for (let day = 10; day <= 16; day++) {
    // By day in the morning, by night on every second day.
    const at = day % 2 === 0 ? "09" : "22";
    spend(scenario, key, `2026-03-${day}T${at}:10:00Z`, 17n * DOLLAR);
    for (const hour of [10, 13, 23]) {
      await syncAt(scenario, `2026-03-${day}T${hour}:00:00Z`);
      if (hour === 13) await harness.restart();
      await evaluateAll(harness.server.app);
      await deliver(harness);
      await deliver(harness);
    }
  }
  await syncAt(scenario, "2026-03-17T07:00:00Z");
  await deliver(harness);

  const { items, total } = (await user.get("/api/inbox?limit=100")).body;
  expect(total).toBe(7);
  // Both rules in one message each day: the limit at 80 % and the amount.
  for (const notice of items) expect(notice.items).toHaveLength(2);
  const titles = items.map(({ title }: { title: string }) => title).sort();
  const bodies = receiver.received.map(({ body, headers }) => {
    const sentAt = new Date(Number(headers["webhook-timestamp"]) * 1000);
    const signature = new Webhook(secret).sign(String(headers["webhook-id"]), sentAt, body);
    expect(String(headers["webhook-signature"]).split(" ")).toContain(signature);
    const hour = sentAt.getUTCHours();
    expect(hour >= 6 && hour < 22, `sent at ${hour}`).toBe(true);
    return JSON.parse(body);
  });
  expect(bodies.map(({ data }) => data.title).sort()).toEqual(titles);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(7);
  const mails = mail.mails.slice(confirmations);
  expect(mails).toHaveLength(7);
  for (const { to } of mails) expect(to).toEqual(["ada@example.com"]);
  await harness.close();
  await receiver.close();
  await mail.close();
});
