import fc from "fast-check";
import type { Operation, Parameter } from "../support/checks/document.ts";

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema
type Schema = any;

/** Values that a schema allows, for the schemas used in this document. */
function allowed(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(allowed));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "integer":
    case "number":
      return fc.oneof(
        fc.integer({
          min: Math.ceil(schema.minimum ?? 0),
          max: Math.min(schema.maximum ?? 1000, Math.ceil(schema.minimum ?? 0) + 20),
        }),
        fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 1000),
      );
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(allowed(schema.items), { maxLength: 4 });
    default:
      break;
  }
  if (schema.format === "date")
    return fc.constantFrom("2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "2026-03-10");
  const text = fc.string({
    minLength: schema.minLength ?? 0,
    maxLength: Math.min(schema.maxLength ?? 40, 40),
    unit: "grapheme",
  });
  return schema.examples ? fc.oneof(fc.constantFrom(...schema.examples), text) : text;
}

const HOSTILE_TEXT = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udfff\ud800",
  "\u202e",
  "\ufeff",
  "0x10",
  "1e2",
  "-1",
  "+1",
  "01",
  "1.5",
  "NaN",
  "Infinity",
  "null",
  "undefined",
  "true",
  "[]",
  "{}",
  "__proto__",
  "constructor",
  "toString",
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  "%",
  "%00",
  "../../etc/passwd",
  "#{7*7}",
  "{{7*7}}",
  "2026-02-30",
  "0000-00-00",
  "9999-12-31",
  "2026-03-10T00:00:00Z",
  "99999999999999999999",
  "9007199254740993",
  "-0",
  "١٢",
  "x".repeat(5000),
  "😀".repeat(400),
];

const HOSTILE: unknown[] = [
  ...HOSTILE_TEXT,
  null,
  true,
  false,
  0,
  -1,
  -0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  [],
  {},
  [[]],
  [null],
  { a: { b: {} } },
  ["x", "y"],
];

const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXT),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ maxLength: 30 }),
);
const hostileValue = fc.oneof(fc.constantFrom(...HOSTILE), fc.jsonValue({ maxDepth: 4 }), hostileText);

/** Percent-encodes, also invalid Unicode: a lone surrogate becomes the bytes that some programs write for it. */
export function encode(text: string): string {
  return [...text]
    .map((char) => {
      const code = char.charCodeAt(0);
      if (char.length > 1 || code < 0xd800 || code > 0xdfff) return encodeURIComponent(char);
      return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
        .map((byte) => `%${byte.toString(16)}`)
        .join("");
    })
    .join("");
}

const RAW_QUERIES = [
  "%",
  "%zz=1",
  "&&&",
  "=",
  "==&=",
  "limit",
  "limit[]=1",
  "limit[$gt]=1",
  "__proto__[x]=1",
  "a=%ff",
  "?",
  "#",
  "limit=1;skip=2",
  "start_date=&end_date=",
  "+=+",
];

const DAYS: Record<string, string[]> = {
  start_date: ["2025-03-11", "2025-12-31", "2026-02-28"],
  end_date: ["2026-02-28", "2026-03-01", "2026-03-10"],
};

function queryPart({ name, schema, required }: Parameter): fc.Arbitrary<string[]> {
  const pair = (value: unknown) => `${name}=${encode(String(value))}`;
  // A random team is a foreign one, in which everything else is 404.
  const isTeam = name === "team_id";
  const good = DAYS[name] ? fc.constantFrom(...DAYS[name]) : allowed(schema);
  return fc.oneof(
    { weight: 40, arbitrary: good.map((value) => (Array.isArray(value) ? value : [value]).map(pair)) },
    { weight: 2, arbitrary: hostileText.map((text) => [pair(text)]) },
    { weight: 1, arbitrary: fc.tuple(hostileText, hostileText).map((texts) => texts.map(pair)) },
    { weight: required ? 1 : isTeam ? 800 : 20, arbitrary: fc.constant<string[]>([]) },
  );
}

export interface FuzzedRequest {
  target: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Requests for one operation, from valid to nonsense. */
export function requestsFor(template: string, operation: Operation): fc.Arbitrary<FuzzedRequest> {
  const parameters = operation.parameters ?? [];
  const path = fc
    .tuple(
      ...parameters
        .filter((item) => item.in === "path")
        .map(({ schema }) =>
          fc.oneof({ weight: 4, arbitrary: allowed(schema).map(String) }, { weight: 1, arbitrary: hostileText }),
        ),
    )
    .map((values) => {
      let index = 0;
      return template.replace(/\{.+?\}/g, () => encode(values[index++] ?? "").replaceAll(/^\.+$/g, "%2e") || "%20");
    });
  const query = fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .tuple(...parameters.filter((item) => item.in === "query").map(queryPart))
        .map((parts) => parts.flat().join("&")),
    },
    { weight: 1, arbitrary: fc.constantFrom(...RAW_QUERIES) },
  );
  const documented = operation.requestBody?.content["application/json"];
  const schema = documented?.schema as Schema;
  const object = schema
    ? fc.record(
        Object.fromEntries(
          Object.entries(schema.properties as Record<string, Schema>).map(([name, property]) => [
            name,
            fc.oneof({ weight: 5, arbitrary: allowed(property) }, { weight: 1, arbitrary: hostileValue }),
          ]),
        ),
        { requiredKeys: fc.sample(fc.boolean(), 1)[0] ? (schema.required ?? []) : [] },
      )
    : fc.object({ maxDepth: 2 });
  const body = fc.oneof(
    { weight: 10, arbitrary: object.map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: fc.constant(JSON.stringify(documented?.example ?? {})) },
    { weight: 2, arbitrary: hostileValue.map((value) => JSON.stringify(value) ?? "") },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "{",
        '{"a":',
        '{"__proto__":{"x":1}}',
        "[".repeat(5000),
        `{"name":"${"x".repeat(70_000)}"}`,
        '{"name":"a","name":"b"}',
      ),
    },
    { weight: 1, arbitrary: fc.constant("") },
  );
  const type = fc.oneof(
    { weight: 12, arbitrary: fc.constant("application/json") },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "text/plain",
        "application/json; charset=utf-16",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-8",
      ),
    },
  );
  const match = fc.oneof(
    { weight: 6, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: fc.constantFrom("*", '"x"', 'W/"', '"'.repeat(500), ",,,") },
  );
  return fc.record({ path, query, body, type, match }).map((parts) => ({
    target: parts.query === "" ? parts.path : `${parts.path}?${parts.query.replaceAll("#", "%23")}`,
    headers: { "content-type": parts.type, ...(parts.match === "" ? {} : { "if-none-match": parts.match }) },
    body: parts.body,
  }));
}
