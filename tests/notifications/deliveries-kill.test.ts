import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { message } from "@orwatch/messages/message";
import { startSim } from "@orwatch/openrouter-sim";
import { insertNotification } from "@orwatch/server/notifications/inbox/notifications";
import { queueDeliveries } from "@orwatch/server/notifications/outbox/outbox";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { addChannel } from "../support/alerts/channels.ts";
import { startReceiver } from "../support/alerts/receivers.ts";
import { environmentOf } from "../support/server/command.ts";
import {
  kill,
  openAccount,
  type ProcessHarness,
  type Running,
  sleep,
  startServerIn,
} from "../support/server/process-harness.ts";

const KILLS = Number(process.env.DELIVERY_KILLS ?? 2);
const NOTIFICATIONS = 40;

test("with kill -9 at random moments every message arrives, repeated only under its own id", {
  timeout: 120_000 + KILLS * 20_000,
}, async () => {
  const sim = await startSim({ warnings: "never" });
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-kill-"));
  const receiver = await startReceiver();
  receiver.answer((res) => setTimeout(() => res.writeHead(200).end(), 40));
  const env = { ...environmentOf({ folder, sim }), ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" };
  let running: Running = await startServerIn({ env });
  const user = await openAccount({ server: running } as ProcessHarness, "ada@example.com");
  for (const name of ["one", "two"]) await addChannel(user, { kind: "webhook", url: `${receiver.url}/${name}` });
  await kill(running);
  const db = new Database(path.join(folder, "app.db"));
  // The notification about the second channel, which the first may have got already.
  db.exec("DELETE FROM deliveries; DELETE FROM notifications");
  receiver.received.length = 0;
  for (let n = 0; n < NOTIFICATIONS; n++)
    db.transaction(() => {
      const now = new Date();
      const notification = {
        teamId: 1,
        userId: null,
        kind: "alert",
        title: message("legacy_text", { text: `${n}` }),
        items: [],
        createdAt: now,
        deliverAt: now,
      } as const;
      queueDeliveries(db, insertNotification(db, { ...notification, items: [] }));
    })();
  for (let turn = 0; turn < KILLS; turn++) {
    running = await startServerIn({ env });
    await sleep(Math.random() * 700);
    await kill(running);
  }
  running = await startServerIn({ env });
  const left = db.prepare("SELECT count(*) FROM deliveries WHERE state <> 'delivered'").pluck();
  for (let wait = 0; wait < 600 && left.get() !== 0; wait++) await sleep(50);
  await kill(running);
  const known = db
    .prepare(
      "SELECT d.message_id, c.id || ' ' || n.title FROM deliveries d JOIN channels c ON c.id = d.channel_id JOIN notifications n ON n.id = d.notification_id",
    )
    .raw()
    .all() as [string, string][];
  expect(left.get()).toBe(0);
  expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
  db.close();
  const arrived = receiver.received.map(({ headers }) => String(headers["webhook-id"]));
  expect(known).toHaveLength(2 * NOTIFICATIONS);
  expect(new Set(arrived)).toEqual(new Set(known.map(([id]) => id)));
  const repeats = arrived.length - new Set(arrived).size;
  expect(repeats).toBeLessThanOrEqual(2 * (KILLS + 1));
  process.stdout.write(`deliveries: ${KILLS} kills, ${arrived.length} requests for ${known.length} messages\n`);
  await receiver.close();
  await sim.close();
  rmSync(folder, { recursive: true, force: true });
});
