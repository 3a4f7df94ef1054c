import { expect, test } from "vitest";
import { createAnswerCache, createEtags, isNamed, toAnswer } from "./etag.ts";

const facts = { teamId: 1, version: 2, today: "2026-03-10", target: "/v1/stats" };

test("equal facts have equal ETags, different facts different ones", () => {
  const etags = createEtags();
  const name = etags.of(facts);
  expect(etags.of({ ...facts })).toBe(name);
  for (const other of [
    { teamId: 2 },
    { version: 3 },
    { today: null },
    { today: "2026-03-11" },
    { target: "/v1/stats?x" },
  ])
    expect(etags.of({ ...facts, ...other })).not.toBe(name);
  expect(createEtags().of(facts), "another process").not.toBe(name);
  expect(name).toMatch(/^"[\w-]{27}"$/);
});

test("parses If-None-Match", () => {
  const name = '"abc"';
  for (const header of ['"abc"', 'W/"abc"', '"x", "abc"', ' W/"x" ,W/"abc"'])
    expect(isNamed(header, name), header).toBe(true);
  for (const header of [undefined, "", "*", "abc", '"ABC"', '"abc', 'w/"abc"'])
    expect(isNamed(header, name), header).toBe(false);
});

test("the cache keeps recently used responses within its size", () => {
  const cache = createAnswerCache(10_000);
  cache.put("asked", toAnswer("ü".repeat(100)));
  expect(cache.get("asked")).toMatchObject({ text: "ü".repeat(100), bytes: 200 });
  for (let n = 0; n < 1000; n += 1) {
    cache.put(`n${n}`, toAnswer("x".repeat(500)));
    if (n % 2 === 0) expect(cache.get("asked")?.bytes, String(n)).toBe(200);
  }
  expect(cache.get("n999")?.bytes).toBe(500);
  expect(cache.get("n500")).toBeUndefined();
  expect(cache.size()).toBeLessThanOrEqual(10);
  cache.put("asked", toAnswer("other"));
  expect(cache.get("asked")?.bytes, "a name stands for one answer for ever").toBe(200);
});

test("does not cache responses over half a megabyte", () => {
  const cache = createAnswerCache();
  cache.put("a", toAnswer("x".repeat(600_000)));
  expect(cache.size()).toBe(0);
});
