import { expect, test } from "vitest";
import { z } from "zod";
import { fieldsOf, readAddress, readParameters, toInput } from "./input.ts";

const address = (url: string) => {
  const read = readAddress(url);
  return "error" in read ? read.error.status : { path: read.path, query: { ...read.query } };
};

test("splits and decodes path and query", () => {
  expect(address("/keys/%37/?a=1&a=%C3%BC+x&b&=c&&d=e=f")).toEqual({
    path: "/keys/7",
    query: { a: ["1", "ü x"], b: [""], "": ["c"], d: ["e=f"] },
  });
  expect(address("/")).toEqual({ path: "/", query: {} });
  expect(address("/a%2fb")).toEqual({ path: "/a%2fb", query: {} });
});

test("rejects percent-encoding that is not UTF-8", () => {
  for (const url of ["/%", "/%zz", "/a?b=%ff", "/a?%c3=1", "/a?b=%ed%a0%80"]) expect(address(url), url).toBe(400);
});

test("treats names of object properties as plain names", () => {
  const read = readAddress("/a?__proto__=1&constructor=2");
  expect("query" in read && Object.keys(read.query)).toEqual(["__proto__", "constructor"]);
  expect("query" in read && Object.getPrototypeOf(read.query)).toBeNull();
});

const INPUT = z.object({
  n: z.coerce.number().default(1),
  many: z.array(z.coerce.number()).optional(),
  text: z.string(),
});
const parametersOf = (search: string) => {
  const read = readAddress(`/a?${search}`);
  if ("error" in read) throw new Error("not an address");
  const { query, issues } = readParameters(read.query, fieldsOf([INPUT]));
  return { query: { ...query }, wrong: issues.map(({ path }) => path) };
};

test("accepts brackets for lists only", () => {
  expect(parametersOf("many=1&many[]=2&many[0]=3&many%5B12%5D=4&text=x")).toEqual({
    query: { many: ["1", "2", "3", "4"], text: ["x"] },
    wrong: [],
  });
  for (const name of ["text[]", "n[0]", "many[x]", "many[", "many[]x", "[]", "many[][]"])
    expect(parametersOf(`${name}=1`), name).toEqual({ query: {}, wrong: [name] });
});

test("names unknown, repeated and empty parameters", () => {
  expect(parametersOf("texts=1&__proto__=2&n=1&n=2&text=&many=3&many=")).toEqual({
    query: { n: ["1", "2"], text: [""], many: ["3", ""] },
    wrong: ["texts", "__proto__", "n", "text", "many"],
  });
});

test("parses only decimal digits as a number in a query, and keeps lists", () => {
  const query = { n: ["0x10"], many: ["1", "-20", "", " 5 ", "1e2", "007", "+1"], text: ["0x10"] };
  expect(toInput(query, fieldsOf([INPUT]))).toEqual({
    n: "not a number",
    many: ["1", "-20", ...Array(5).fill("not a number")],
    text: "0x10",
  });
  expect(toInput({ many: ["1"] }, fieldsOf([INPUT]))).toEqual({ many: ["1"] });
});
