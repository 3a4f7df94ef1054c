import { afterAll, beforeAll, expect, test } from "vitest";
import { addChannel, startMailServer } from "../support/alerts/channels.ts";
import { type Harness, settle, startHarness } from "../support/server/harness.ts";
import { logInAgain } from "../support/users/authenticator.ts";

let mail: Awaited<ReturnType<typeof startMailServer>>;
let harness: Harness;
beforeAll(async () => {
  mail = await startMailServer();
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { SMTP_URL: mail.url, MAIL_FROM: "orwatch@example.com" },
    mail: { timeoutMs: 2000 },
  });
});
afterAll(async () => {
  await harness.close();
  await mail.close();
});

test("limits a user to a hundred sessions and ends the least recently used", async () => {
  const user = await harness.createUser();
  const second = await logInAgain(harness, user);
  const { prisma } = harness.server.app.db;
  const { id: userId } = await prisma.user.findUniqueOrThrow({ where: { email: user.email } });
  const at = harness.sim.clock.now();
  const expiresAt = new Date(at.getTime() + 3_600_000);
  const row = (index: number) => ({
    id: `made-${index}`,
    publicId: index + 1,
    userId,
    createdAt: at,
    lastUsedAt: at,
    expiresAt,
  });
  await prisma.session.createMany({ data: Array.from({ length: 120 }, (_, index) => row(index)) });
  harness.sim.clock.advance(600_000);
  expect((await second.get("/api/user")).status).toBe(200);
  await settle(harness);
  const third = await logInAgain(harness, user);
  expect(await prisma.session.count({ where: { userId } })).toBe(100);
  expect((await second.get("/api/user")).status).toBe(200);
  expect((await third.get("/api/user")).status).toBe(200);
  expect((await user.get("/api/user")).status).toBe(401);
});

test("limits codes per mailbox, whatever tag the address has", async () => {
  const codes = () => mail.mails.filter(({ source }) => source.includes("is your confirmation code")).length;
  for (let account = 0; account < 2; account++) {
    harness.sim.clock.advance(61_000);
    const user = await harness.createUser();
    for (let index = 0; index < 4; index++)
      await addChannel(user, { kind: "email", name: `m${index}`, address: `Victim+${account}${index}@example.com` });
  }
  expect(codes()).toBe(5);
});
