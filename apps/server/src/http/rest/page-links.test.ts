import { expect, test } from "vitest";
import { linksOf } from "./page-links.ts";

test("a page read by its number links to the next by cursor, and to the previous", () => {
  const data = { items: [], next_cursor: "abc", pagination: { page: 2, pages: 3 } };
  expect(linksOf("/v1/usage?model=a%26b&model=c&page=2", data)).toBe(
    '</api/v1/usage?model=a%26b&model=c>; rel="first", </api/v1/usage?model=a%26b&model=c&cursor=abc>; rel="next", </api/v1/usage?model=a%26b&model=c&page=1>; rel="prev"',
  );
});

test("sums are linked by number, and the last page has no next one", () => {
  const page = (number: number) => ({ items: [], next_cursor: null, pagination: { page: number, pages: 2 } });
  expect(linksOf("/v1/usage?sort=cost", page(1))).toBe(
    '</api/v1/usage?sort=cost>; rel="first", </api/v1/usage?sort=cost&page=2>; rel="next"',
  );
  expect(linksOf("/v1/usage?cursor=abc", page(2))).toBe('</api/v1/usage>; rel="first"');
});

test("a response without pages has no links", () => {
  expect([linksOf("/v1/stats", { summary: {} }), linksOf("/v1/stats", null)]).toEqual([null, null]);
});

test("links that repeat very long filters are left out", () => {
  const page = { items: [], next_cursor: "abc", pagination: { page: 1, pages: 2 } };
  expect(linksOf(`/v1/usage?model=${"a".repeat(1000)}`, page)).toContain('rel="next"');
  expect(linksOf(`/v1/usage?model=${"a".repeat(5000)}`, page)).toBeNull();
});
