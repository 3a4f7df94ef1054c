import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { FailureReason } from "../../openrouter/answers/failures.ts";
import type { Answer } from "../../openrouter/requests/request.ts";
import type { CurrentKey } from "../../openrouter/schema.ts";
import { applyKeyResponse } from "./key-status.ts";

const NOON = new Date("2026-03-10T12:00:00Z");
const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);

const key = {
  rejections: 0,
  firstRejectedAt: null as Date | null,
  status: "valid",
  goneAt: null as Date | null,
  usageNanos: 5n as bigint | null,
  byokNanos: 0n as bigint | null,
};
const current: CurrentKey = {
  label: null,
  usage: 5n,
  daily: 0n,
  weekly: 0n,
  monthly: 0n,
  byok: { usage: 0n, daily: 0n, weekly: 0n, monthly: 0n },
  hasLimit: false,
  limit: null,
  limitRemaining: null,
  limitReset: null,
  includeByokInLimit: null,
  isFreeTier: false,
  kind: "inference",
  expiresAt: null,
  account: "user_1",
};
const ok: Answer<CurrentKey> = { ok: true, data: current, date: NOON };
const failed = (reason: FailureReason, status: number | null): Answer<CurrentKey> => ({
  ok: false,
  reason,
  status,
  problem: message("openrouter_unreachable", {}),
});
const rejected = failed("unauthorized", 401);
const messageOf = ({ statusMessage }: Partial<ApiKey>) => parseStoredMessage(statusMessage ?? "");

let tried = 0;
afterAll(() => void process.stdout.write(`key status: ${tried} answers tried\n`));

test("records the first 401 without changing the status", () => {
  const change = applyKeyResponse(key, rejected, NOON);
  expect(change).toMatchObject({ rejections: 1, firstRejectedAt: NOON, lastValidatedAt: NOON });
  expect(change.status).toBeUndefined();
  expect(messageOf(change)).toEqual(message("key_rejected_once", { at: NOON.toISOString() }));
});

test("treats a second 401 within the same minute as the same burst", () => {
  const change = applyKeyResponse({ ...key, rejections: 1, firstRejectedAt: NOON }, rejected, after(59.999));
  expect(change).toEqual({ lastValidatedAt: after(59.999) });
});

test("a second 401 at least a minute later makes the key invalid with the reason", () => {
  const change = applyKeyResponse({ ...key, rejections: 1, firstRejectedAt: NOON }, rejected, after(60));
  expect(change).toMatchObject({ rejections: 2, status: "invalid" });
  expect(messageOf(change)).toEqual(message("key_rejected_since", { since: NOON.toISOString(), cause: "unknown" }));
});

test("reports a key removed from its account as deleted", () => {
  const gone = { ...key, rejections: 1, firstRejectedAt: NOON, goneAt: NOON };
  expect(messageOf(applyKeyResponse(gone, rejected, after(60)))).toMatchObject({ params: { cause: "deleted" } });
});

test("any 200 makes an invalid key valid again and resets the rejections", () => {
  const dead = { ...key, status: "invalid", rejections: 2, firstRejectedAt: NOON };
  expect(applyKeyResponse(dead, ok, after(90))).toMatchObject({
    status: "valid",
    statusMessage: null,
    rejections: 0,
    firstRejectedAt: null,
  });
});

test("403, 404, 429, 5xx, timeouts and unreadable answers never change a known status", () => {
  for (const [reason, status] of [
    ["forbidden", 403],
    ["missing", 404],
    ["rejected", 400],
    ["unreachable", 429],
    ["unreachable", 500],
    ["unreachable", null],
    ["unreadable", 200],
  ] as const)
    for (const known of ["valid", "invalid"])
      expect(
        applyKeyResponse(
          { ...key, status: known, rejections: 1, firstRejectedAt: NOON },
          failed(reason, status),
          after(90),
        ),
      ).toEqual({});
});

test("stores why a new key could not be validated", () => {
  const change = applyKeyResponse({ ...key, status: "unverified" }, failed("unreachable", 503), NOON);
  expect(messageOf(change)).toEqual(message("key_not_checked", { cause: message("openrouter_unreachable", {}) }));
});

test("an increased counter counts as use, the first answer and a decreased counter do not", () => {
  const grown: Answer<CurrentKey> = { ok: true, data: { ...current, usage: 6n }, date: NOON };
  expect(applyKeyResponse(key, grown, NOON).lastUsedAt).toEqual(NOON);
  expect(applyKeyResponse(key, ok, NOON).lastUsedAt).toBeUndefined();
  expect(applyKeyResponse({ ...key, usageNanos: null, byokNanos: null }, grown, NOON).lastUsedAt).toBeUndefined();
  expect(applyKeyResponse({ ...key, usageNanos: 9n }, grown, NOON).lastUsedAt).toBeUndefined();
});

test("a key is invalid exactly after two 401 at least a minute apart without a 200 between", () => {
  const step = fc.record({
    seconds: fc.integer({ min: 0, max: 120 }),
    answer: fc.constantFrom(ok, rejected, rejected, failed("forbidden", 403), failed("unreachable", 502)),
  });
  fc.assert(
    fc.property(fc.constantFrom<string>("valid", "unverified"), fc.array(step, { maxLength: 25 }), (start, steps) => {
      const stored = { ...key, status: start };
      let expected = start;
      let firstRefusal: number | null = null;
      let seconds = 0;
      for (const { seconds: passed, answer } of steps) {
        tried += 1;
        seconds += passed;
        const { rejections, firstRejectedAt, status } = applyKeyResponse(stored, answer, after(seconds));
        Object.assign(stored, JSON.parse(JSON.stringify({ rejections, status })));
        if (firstRejectedAt !== undefined) stored.firstRejectedAt = firstRejectedAt as Date | null;
        if (answer.ok) {
          expected = "valid";
          firstRefusal = null;
        } else if (answer.reason === "unauthorized") {
          if (firstRefusal === null) firstRefusal = seconds;
          else if (seconds - firstRefusal >= 60) expected = "invalid";
        }
        expect(stored.status).toBe(expected);
      }
    }),
    { numRuns: 500 },
  );
});
