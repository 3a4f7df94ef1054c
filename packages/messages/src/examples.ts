import type { AnyMessage } from "./message.ts";
import { listShapes, type ParamShape } from "./schema/shapes.ts";

/** For tests: example messages of every code, generated from the schema. */

const NAMES: Record<string, string> = {
  key: "production-api",
  name: "production-api",
  rule: "Monthly budget",
  channel: "Team chat",
  token: "CI",
  user: "ada@example.com",
  email: "ada@example.com",
  address: "ada@example.com",
};
const TEXTS: Record<string, string> = {
  label: "sk-or-v1-abc…9f2",
  host: "hooks.example.com",
  model: "anthropic/claude-sonnet-4.5",
  device: "Firefox, Linux",
  address: "203.0.113.7",
  folder: "BACKUP_DIR",
  code: "042917",
  kind: "slack",
  parameter: "start_dat",
  nearest: "start_date",
};
const LISTS: Record<string, string[]> = {
  allowed: ["GET", "POST"],
  fields: ["credits_usage", "model"],
  known: ["start_date", "end_date"],
};
const AMOUNTS: Record<string, string> = {
  spent: "1234567890123",
  threshold: "1000000000000",
  limit: "50000000000",
  remaining: "2835000",
  exceeded_by: "1250000000",
  usual: "4200000000",
  before: "980000000000",
  difference: "254567890123",
  expected: "2500000000000",
  low: "2100000000000",
  high: "2900000000000",
};

interface Variant {
  /** Which of its choices a parameter takes, counted on from the first again where there are fewer. */
  choice: number;
  /** Value of every number in plural rules. */
  count: number;
  /** Nothing, where nothing may be. */
  isNull: boolean;
}

function example(name: string, shape: ParamShape, variant: Variant): unknown {
  const { choice, count } = variant;
  if (variant.isNull && shape.isNullable) return null;
  switch (shape.kind) {
    case "id":
      return 7;
    case "name":
      return NAMES[name] ?? name;
    case "text":
      return TEXTS[name] ?? "Text of an earlier version.";
    case "texts":
      return LISTS[name] ?? [name];
    case "nanos":
      return AMOUNTS[name] ?? "1000000000";
    case "count":
      return count;
    case "integer":
      return 503;
    case "number":
      return 3.4;
    case "percent":
      return 88.5;
    case "day":
      return name === "from" ? "2026-11-08" : "2026-11-12";
    case "days":
      return ["2026-11-08", "2026-11-11", "2026-11-12"];
    case "instant":
      return "2026-11-11T14:05:00.000Z";
    case "choice":
      return shape.choices[choice % shape.choices.length];
    case "message":
      return { code: "openrouter_unreachable", params: {} };
    case "messages":
      return [
        { code: "alert_count", params: { count: 2 } },
        { code: "resolved_count", params: { count: 1 } },
      ];
    case "names":
      return ["production-api", "ci"];
    case "variant": {
      const { kind, fields } = shape.variants[choice % shape.variants.length] ?? { kind: "", fields: new Map() };
      return { kind, ...examplesOf(fields, variant) };
    }
  }
}

const examplesOf = (params: Map<string, ParamShape>, variant: Variant): Record<string, unknown> =>
  Object.fromEntries([...params].map(([name, shape]) => [name, example(name, shape, variant)]));

/** A parameter and, of a variant, all that it may hold. */
const withFields = (shape: ParamShape): ParamShape[] => [
  shape,
  ...shape.variants.flatMap(({ fields }) => [...fields.values()]),
];

/** Every code with each of its choices, with one and with many of what is counted, and with nothing where nothing may be. */
export function listExamples(): { part: string; message: AnyMessage }[] {
  return listShapes().flatMap(({ part, code, params }) => {
    const shapes = [...params.values()].flatMap(withFields);
    const choices = Math.max(1, ...shapes.map(({ choices, variants }) => choices.length + variants.length));
    const counted = shapes.some(({ kind }) => kind === "count");
    const nullable = shapes.some(({ isNullable }) => isNullable);
    const variants: Variant[] = [
      ...Array.from({ length: choices }, (_, choice) => ({ choice, count: 3, isNull: false })),
      ...(counted ? [{ choice: choices - 1, count: 1, isNull: false }] : []),
      ...(nullable ? [{ choice: 0, count: 3, isNull: true }] : []),
    ];
    const messages = variants.map((variant) => ({ code, params: examplesOf(params, variant) }));
    const distinct = new Map(messages.map((message) => [JSON.stringify(message), message]));
    return [...distinct.values()].map((message) => ({ part, message }));
  });
}
