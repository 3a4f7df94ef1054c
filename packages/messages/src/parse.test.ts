import fc from "fast-check";
import { expect, test } from "vitest";
import { listExamples } from "./examples.ts";
import { message } from "./message.ts";
import { parseMessage, parseStoredMessage } from "./parse.ts";

test("every message survives storing and parsing", () => {
  for (const { message } of listExamples()) expect(parseStoredMessage(JSON.stringify(message))).toEqual(message);
});

test.each([
  [{ code: "key_teleported", params: {} }],
  [{ code: "host_not_found", params: {} }],
  [{ code: "host_not_found", params: { host: 7 } }],
  [{ code: "key_expired", params: { key_id: 1, key: "a", expired_at: "yesterday" } }],
  [null],
  ["text"],
  [[]],
])("%j parses as an unknown message", (stored) => {
  expect(parseMessage(stored)).toEqual(message("unknown_message", {}));
});

test("an unknown message within a known one keeps the rest readable", () => {
  const stored = {
    code: "key_rejected",
    params: { key_id: 1, key: "a", cause: { code: "key_teleported", params: {} } },
  };
  expect(parseMessage(stored)).toEqual({
    ...stored,
    params: { ...stored.params, cause: message("unknown_message", {}) },
  });
});

test("unknown parameters are dropped", () => {
  expect(parseMessage({ code: "host_not_found", params: { host: "a", why: "dns" } })).toEqual(
    message("host_not_found", { host: "a" }),
  );
});

test("prose of an earlier version is kept unchanged", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json(), fc.constantFrom("", "{", '"a"', "7", "Credits: production under $20")),
      (text) => {
        const read = parseStoredMessage(text);
        expect(read).toEqual(message("legacy_text", { text }));
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});

test("deeply nested messages are truncated", () => {
  let nested: unknown = message("legacy_text", { text: "end" });
  for (let depth = 0; depth < 50; depth++) nested = { code: "channel_turned_off", params: { cause: nested } };
  expect(JSON.stringify(parseMessage(nested)).length).toBeLessThan(1000);
});

test("texts that an earlier version stored joined are a list", () => {
  const stored = { code: "openrouter_fields_missing", params: { fields: "credits_usage, model" } };
  expect(parseMessage(stored)).toEqual(message("openrouter_fields_missing", { fields: ["credits_usage", "model"] }));
});
