import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { type Caller, type Harness, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let site: Receiver;
beforeAll(async () => {
  site = await startReceiver();
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
});
afterAll(async () => {
  await harness.close();
  await site.close();
});

/** Answers every request to OpenRouter with a web page instead of its API. */
async function answerWithPages(status: number, contentType = "text/html; charset=utf-8") {
  site.answer((res) =>
    res.writeHead(status, { "content-type": contentType }).end("<!DOCTYPE html><title>Hello</title>"),
  );
  await harness.restart({ OPENROUTER_API_URL: site.url });
}

const notChecked = (status: number) => ({
  code: "key_not_checked",
  params: { cause: { code: "openrouter_web_page", params: { status } } },
});

describe("a wrong OPENROUTER_API_URL", () => {
  test.each([200, 401, 403, 404])(
    "a wrong OPENROUTER_API_URL is reported when a key is added and the response is a page with status %i",
    async (status) => {
      await answerWithPages(status);
      const added = await user.post("/api/keys", { name: `a ${status}`, key: `sk-or-v1-0123456789abcdef${status}` });
      expect(added.body.status).toBe("unverified");
      expect(added.body.status_reason).toMatchObject(notChecked(status));
    },
  );

  test("a wrong OPENROUTER_API_URL is recognized from the page when the content type is missing", async () => {
    await answerWithPages(200, "application/octet-stream");
    const added = await user.post("/api/keys", { name: "b", key: "sk-or-v1-0123456789abcdef" });
    expect(added.body.status_reason).toMatchObject(notChecked(200));
  });

  test.each([401, 403, 404])("a wrong OPENROUTER_API_URL does not make a stored key invalid (%i)", async (status) => {
    await harness.restart();
    const { secret } = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id, { name: "kept" });
    const added = await user.post("/api/keys", { name: `kept ${status}`, key: secret });
    expect(added.status, added.text).toBe(201);
    await settle(harness);
    await answerWithPages(status);
    await user.post(`/api/keys/${added.body.id}/sync`);
    await settle(harness);
    const { body } = await user.get(`/api/keys/${added.body.id}`);
    expect(body.last_sync_error_message).toEqual({ code: "openrouter_web_page", params: { status } });
    expect(body.status).toBe("valid");
  });
});
