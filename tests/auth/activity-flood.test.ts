import { message } from "@orwatch/messages/message";
import { recordEvent } from "@orwatch/server/audit/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Harness, PASSWORD, request, settle, startHarness } from "../support/server/harness.ts";
import { logInWith } from "../support/users/authenticator.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { TRUST_PROXY: "127.0.0.1" } });
});
afterAll(() => harness.close());

const logInFrom = (email: string, address: string, userAgent: string) =>
  request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address, "user-agent": userAgent },
    body: JSON.stringify({ email, password: PASSWORD }),
  });

test("a flood of any kind of event keeps address and device of logins", async () => {
  const user = await harness.createUser();
  const { app } = harness.server;
  const { id: userId } = await app.db.prisma.user.findUniqueOrThrow({ where: { email: user.email } });
  const origin = { address: "203.0.113.66", userAgent: "curl/8" };
  for (let index = 0; index < 1100; index++)
    await recordEvent(app, {
      userId,
      message: message("event_api_token_issued", {
        api_token_id: index + 1,
        name: `t${index}`,
        scopes: ["read"],
        expires_at: null,
      }),
      origin,
    });
  expect((await logInFrom(user.email, "198.51.100.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")).status).toBe(
    200,
  );
  await settle(harness);
  const { items, total } = (await user.get("/api/user/activity?limit=100")).body;
  expect(items[0]).toMatchObject({
    kind: "logged_in",
    address: "198.51.100.7",
    device: { app: "Firefox", system: "Linux" },
  });
  expect(total).toBeLessThan(300);
  expect(items[1]).toMatchObject({ kind: "api_token_issued", detail: { name: "t1099" }, address: "203.0.113.66" });
}, 60_000);

test("logins with changing user agents share one entry", async () => {
  const user = await harness.createUser();
  for (let index = 0; index < 20; index++)
    await logInFrom(user.email, "198.51.100.8", `Mozilla/5.0 (X11; Linux x86_64) Firefox/${index}.0`);
  await settle(harness);
  const { items } = (await user.get("/api/user/activity?limit=100")).body;
  const firefox = items.filter(({ address }: { address: string }) => address === "198.51.100.8");
  expect(firefox).toMatchObject([{ kind: "logged_in", count: 20 }]);
}, 60_000);

test("beyond the limit of its kind each address has one entry, then the last one is shown", async () => {
  const user = await harness.createUser();
  const { app } = harness.server;
  const { id: userId } = await app.db.prisma.user.findUniqueOrThrow({ where: { email: user.email } });
  const record = (address: string) =>
    recordEvent(app, { userId, message: message("event_session_ended", {}), origin: { address, userAgent: null } });
  for (let index = 0; index < 400; index++) await record(`10.0.${index >> 8}.${index & 255}`);
  const rows = await app.db.prisma.auditEvent.findMany({
    where: { userId, kind: "session_ended" },
    orderBy: { lastAt: "desc" },
  });
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(400);
  expect(rows.length).toBeLessThanOrEqual(251);
  expect(rows.map(({ address }) => address)).toContain("10.0.1.143");
  expect((await logInWith(harness, { email: user.email, password: PASSWORD })).status).toBe(200);
}, 60_000);
