import { expect, test } from "vitest";
import { z } from "zod";
import { numberFields, readAddress, tightenNumbers } from "./rest-input.ts";

const address = (url: string) => {
  const read = readAddress(url);
  return "refusal" in read ? read.refusal.status : { path: read.path, query: { ...read.query } };
};

test("path and query are parted and decoded", () => {
  expect(address("/keys/%37/?a=1&a=%C3%BC+x&b&=c&&d=e=f")).toEqual({
    path: "/keys/7",
    query: { a: ["1", "ü x"], b: [""], "": ["c"], d: ["e=f"] },
  });
  expect(address("/")).toEqual({ path: "/", query: {} });
  expect(address("/a%2fb")).toEqual({ path: "/a%2fb", query: {} });
});

test("what is not percent-encoded UTF-8 is refused", () => {
  for (const url of ["/%", "/%zz", "/a?b=%ff", "/a?%c3=1", "/a?b=%ed%a0%80"]) expect(address(url), url).toBe(400);
});

test("a name that reaches into objects is passed over", () => {
  const read = readAddress("/a?__proto__=1&constructor=2");
  expect("query" in read && Object.keys(read.query)).toEqual(["constructor"]);
  expect("query" in read && Object.getPrototypeOf(read.query)).toBeNull();
});

test("only decimal digits are a number in an address", () => {
  const numbers = numberFields(
    z.object({ n: z.coerce.number().default(1), many: z.array(z.coerce.number()).optional(), text: z.string() }),
  );
  expect([...numbers]).toEqual(["n", "many"]);
  const query = { n: ["0x10"], many: ["1", "-20", "", " 5 ", "1e2", "007", "+1"], text: ["0x10"] };
  tightenNumbers(query, numbers);
  expect(query).toEqual({
    n: ["not a number"],
    many: ["1", "-20", ...Array(5).fill("not a number")],
    text: ["0x10"],
  });
});
