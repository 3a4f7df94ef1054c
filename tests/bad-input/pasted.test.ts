import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../packages/sdk/src/index.ts";
import { type Caller, type Harness, request, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
beforeAll(async () => {
  harness = await startHarness({ env: { METRICS_TOKEN: "a-token-for-metrics" } });
  user = await harness.createUser();
});
afterAll(() => harness.close());

const PASTED = "\u200b\u2060\ufeff\u00ad";
/** Invisible characters before, inside and after the text. */
const dirty = (text: string) => `${PASTED}${text.slice(0, 12)}${PASTED}${text.slice(12)}${PASTED}`;

describe("invisible characters", () => {
  test("removes pasted invisible characters from an OpenRouter key", async () => {
    const { secret } = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id, { name: "pasted" });
    const added = await user.post("/api/keys", { name: "pasted", key: dirty(secret) });
    expect(added.status, added.text).toBe(201);
    const again = await user.post("/api/keys", { name: "again", key: secret });
    expect(again.status).toBe(409);
  });

  test("removes pasted invisible characters from an API token, over HTTP and in the SDK", async () => {
    const { body } = await user.post("/api/tokens", { name: "pasted" });
    const header = Buffer.from(`Bearer ${dirty(body.token)}`).toString("latin1");
    const answer = await request(`${harness.url}/api/v1/keys`, { headers: { authorization: header } });
    expect(answer.status).toBe(200);
    const client = createClient({ baseUrl: harness.url, token: dirty(body.token) });
    await expect(client.keys.list()).resolves.toHaveProperty("items");
  });

  test("removes pasted invisible characters from METRICS_TOKEN as Prometheus sends it", async () => {
    const header = Buffer.from(`Bearer ${dirty("a-token-for-metrics")}`).toString("latin1");
    expect((await request(`${harness.url}/metrics`, { headers: { authorization: header } })).status).toBe(200);
  });

  test("removes pasted invisible characters from a two-factor code", async () => {
    const begun = await user.post("/api/auth/second-factor", {});
    expect(begun.status).toBeGreaterThanOrEqual(400);
    const { codeInput } = await import("@orwatch/server/auth/schema");
    expect(codeInput.parse({ code: dirty("123456") })).toEqual({ code: "123456" });
    const { confirmChannelInput } = await import("@orwatch/server/notifications/channels/schema");
    expect(confirmChannelInput.parse({ id: 1, code: dirty("123456") })).toEqual({ id: 1, code: "123456" });
  });

  test("removes pasted invisible characters from the credentials of a channel", async () => {
    const { createChannelInput } = await import("@orwatch/server/notifications/channels/schema");
    const token = `123456789:${"A".repeat(35)}`;
    expect(
      createChannelInput.parse({ kind: "telegram", name: "t", bot_token: dirty(token), chat_id: dirty("-100123") }),
    ).toMatchObject({ bot_token: token, chat_id: "-100123" });
    expect(createChannelInput.parse({ kind: "webhook", name: "w", url: dirty("https://example.com/x") })).toMatchObject(
      {
        url: "https://example.com/x",
      },
    );
  });
});
