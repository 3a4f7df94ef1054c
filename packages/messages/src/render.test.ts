import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listExamples } from "./examples.ts";
import { createFormat } from "./format.ts";
import { LANGUAGES } from "./languages.ts";
import { type AnyMessage, message } from "./message.ts";
import { renderMessage } from "./render.ts";
import { createRenderer } from "./renderer.ts";
import { messageSchema } from "./schema/index.ts";
import { listShapes } from "./schema/shapes.ts";

const SHAPES = new Map(listShapes().map(({ code, params }) => [code, params]));
const now = new Date("2026-11-30T12:00:00Z");
const english = createRenderer({ language: "en", now });
const italian = createRenderer({ language: "it", now });

test.each(LANGUAGES)("every message has an example in $name", async ({ tag, name }) => {
  const say = createRenderer({ language: tag, now });
  const lines = [
    `# Messages in ${name}`,
    "",
    "Written by render.test.ts: every code with its choices and plurals.",
    "",
  ];
  let last = "";
  for (const { part, message } of listExamples()) {
    expect(messageSchema.safeParse(message).success, JSON.stringify(message)).toBe(true);
    if (part !== last) lines.push(...(last === "" ? [] : [""]), `## ${part}`, "");
    last = part;
    const text = say(message);
    expect(text, message.code).not.toMatch(/\b(undefined|null|NaN)\b|\[object|[{}]| {2}/);
    lines.push(`- \`${message.code}\` ${text}`);
  }
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`../examples/${tag}.md`);
});

describe("names and texts", () => {
  const OURS = [
    "Credits: production under $20",
    "And 3 more.",
    "OpenRouter cannot be reached.",
    "The channel was turned off.",
    "Key “a” is syncing again.",
    "Credits run low",
  ];
  const SYNTAX = [
    "{",
    "}",
    "{key}",
    "{count, plural, one {x} other {y}}",
    "#",
    "'",
    "''",
    "'{'",
    "%s",
    "$&",
    "$1",
    "\\u0041",
    "\\x41",
  ];
  const OTHER = [
    "<b>x</b>",
    "&amp;",
    "\u202Eevil",
    "\u200F",
    "مفتاح",
    "🔑",
    "a\nb",
    "__proto__",
    "constructor",
    "toString",
    "other",
    "none",
    "no",
    "yes",
    "–",
  ];
  const hostile = fc.oneof(
    fc.constantFrom(...OURS, ...SYNTAX, ...OTHER),
    fc
      .array(fc.constantFrom(...OURS, ...SYNTAX, ...OTHER), { minLength: 2, maxLength: 4 })
      .map((parts) => parts.join(" ")),
    fc.string({ minLength: 1, unit: "grapheme" }),
  );

  test("names are unchanged in every message and language", () => {
    const withNames = listExamples().filter(({ message }) => namesOf(message).length > 0);
    expect(withNames.length).toBeGreaterThan(60);
    let tried = 0;
    fc.assert(
      fc.property(hostile, (name) => {
        for (const { message } of withNames)
          for (const place of namesOf(message))
            for (const say of [english, italian]) {
              const plain = say(rename(message, place, "\u0001"));
              expect(plain).toContain("\u0001");
              tried += 1;
              // Nothing but the name differs: it is where it belongs, whole, and changes nothing around it.
              expect(say(rename(message, place, name))).toBe(plain.split("\u0001").join(name));
            }
      }),
      { numRuns: 60, seed: 20261130 },
    );
    expect(tried).toBeGreaterThan(5_000);
  });

  test("names are unchanged in nested messages", () => {
    const name = "Credits: production under $20 {key} \\u0041";
    const inner = message("legacy_text", { text: name });
    expect(italian(message("key_rejected", { key_id: 1, key: name, cause: inner }))).toBe(
      `OpenRouter non accetta più la chiave “${name}”. ${name}`,
    );
  });

  /** Where names and texts stand: `["key"]`, or `["scope", "name"]` within a variant. */
  function namesOf({ code, params }: AnyMessage): string[][] {
    const shape = SHAPES.get(code);
    return Object.entries(params).flatMap(([param, value]) => {
      const { kind, variants } = shape?.get(param) ?? { kind: "", variants: [] };
      if (value === null) return [];
      if (kind === "name" || kind === "text") return [[param]];
      if (kind === "names" || kind === "texts") return [[param, "0"]];
      const fields = variants.find((one) => one.kind === (value as { kind: string }).kind)?.fields ?? new Map();
      return [...fields]
        .filter(
          ([field, inner]) =>
            ["name", "text"].includes(inner.kind) && (value as Record<string, unknown>)[field] !== null,
        )
        .map(([field]) => [param, field]);
    });
  }

  const renameIn = (value: unknown, field: string | undefined, name: string) =>
    field === undefined
      ? name
      : Array.isArray(value)
        ? [name, ...value.slice(1)]
        : { ...(value as object), [field]: name };

  const rename = ({ code, params }: AnyMessage, [param = "", field]: string[], name: string): AnyMessage => ({
    code,
    params: { ...params, [param]: renameIn(params[param], field, name) },
  });
});

test("an unknown code renders as a neutral sentence, also when nested", () => {
  const unknown = { code: "key_teleported", params: { key: "a" } };
  expect(english(unknown)).toBe(english(message("unknown_message", {})));
  expect(english({ code: "channel_turned_off", params: { cause: unknown } })).toContain(english(unknown));
  for (const code of ["constructor", "__proto__", "toString"])
    expect(english({ code, params: {} })).toBe(english(unknown));
});

test("rendering of nested messages is bounded", () => {
  let nested: AnyMessage = message("legacy_text", { text: "end" });
  for (let depth = 0; depth < 50; depth++) nested = { code: "channel_turned_off", params: { cause: nested } };
  expect(english(nested).length).toBeLessThan(1000);
});

test("rendering without the common part throws an error that names it", () => {
  const say = { catalog: {}, format: createFormat({ language: "en", now }) };
  expect(() => renderMessage({ code: "key_not_found", params: {} }, say)).toThrow(/common/);
});

test("amounts that would look equal are shown in full", () => {
  const spend = (spent: string, threshold: string) =>
    english(
      message("spend_above_threshold", {
        scope: { kind: "all" },
        period: "day",
        from: "2026-11-12",
        spent,
        threshold,
      }),
    );
  expect(spend("10000000001", "10000000000")).toBe("Spend of all keys on 12 Nov: $10.000000001, above $10.00.");
  expect(spend("10010000000", "10000000000")).toBe("Spend of all keys on 12 Nov: $10.01, above $10.00.");
  expect(spend("10000000000", "10000000000")).toBe("Spend of all keys on 12 Nov: $10.00, above $10.00.");
});

test.each([
  ["2026-11-08", "Dall’8 nov"],
  ["2026-11-11", "Dall’11 nov"],
  ["2026-11-01", "Dal 1 nov"],
  ["2026-11-18", "Dal 18 nov"],
])("Italian elides the article before %s", (from, start) => {
  expect(italian(message("digest_week", { from, through: "2026-11-14" }))).toBe(`${start} al 14 nov (UTC)`);
});

test.each([
  [8, "l’8%"],
  [11, "l’11%"],
  [88.5, "l’88,5%"],
  [80, "l’80%"],
  [110, "il 110%"],
  [18, "il 18%"],
])("Italian elides the article before %d percent", (percent, words) => {
  const params = { key_id: 1, key: "a", percent, limit: "1", remaining: "1", resets: null };
  expect(italian(message("key_limit_share", params))).toContain(`ha usato ${words} del suo limite`);
});
