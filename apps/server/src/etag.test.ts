import { expect, test } from "vitest";
import { createAnswerCache, createEtags, isNamed, toAnswer } from "./etag.ts";

const facts = { userId: 1, version: 2, today: "2026-03-10", target: "/v1/stats" };

test("the same facts have the same name, and any other fact another", () => {
  const etags = createEtags();
  const name = etags.of(facts);
  expect(etags.of({ ...facts })).toBe(name);
  for (const other of [
    { userId: 2 },
    { version: 3 },
    { today: null },
    { today: "2026-03-11" },
    { target: "/v1/stats?x" },
  ])
    expect(etags.of({ ...facts, ...other })).not.toBe(name);
  expect(createEtags().of(facts), "another process").not.toBe(name);
  expect(name).toMatch(/^"[\w-]{27}"$/);
});

test("If-None-Match is read as HTTP says", () => {
  const name = '"abc"';
  for (const header of ['"abc"', 'W/"abc"', '"x", "abc"', ' W/"x" ,W/"abc"'])
    expect(isNamed(header, name), header).toBe(true);
  for (const header of [undefined, "", "*", "abc", '"ABC"', '"abc', 'w/"abc"'])
    expect(isNamed(header, name), header).toBe(false);
});

test("the cache keeps what was used last, within its bytes", () => {
  const cache = createAnswerCache(30);
  for (const name of ["a", "b", "c"]) cache.put(name, toAnswer(name.repeat(10)));
  expect(cache.get("a")?.text).toBe("a".repeat(10));
  cache.put("d", toAnswer("ü".repeat(5)));
  expect(cache.get("b")).toBeUndefined();
  expect([cache.get("a"), cache.get("c"), cache.get("d")].map((answer) => answer?.bytes)).toEqual([10, 10, 10]);
  cache.put("a", toAnswer("other"));
  expect(cache.get("a")?.text, "a name stands for one answer for ever").toBe("a".repeat(10));
  expect(cache.size()).toEqual({ answers: 3, bytes: 30 });
});

test("an answer of more than half a megabyte is not kept", () => {
  const cache = createAnswerCache();
  cache.put("a", toAnswer("x".repeat(600_000)));
  expect(cache.size()).toEqual({ answers: 0, bytes: 0 });
});
