import { message } from "@orwatch/messages/message";
import type { z } from "zod";
import type { Issue } from "../../rpc/validation-issues.ts";
import { credits } from "./credits.ts";
import type { RuleDefinition } from "./define.ts";
import type { Field } from "./fields.ts";
import { hourlySpend } from "./hourly-spend.ts";
import { hourlyUnusual } from "./hourly-unusual.ts";
import { keyExpires } from "./key-expires.ts";
import { keyInvalid } from "./key-invalid.ts";
import { limitShare } from "./limit-share.ts";
import { spend } from "./spend.ts";
import { syncStale } from "./sync-stale.ts";
import { unusualSpend } from "./unusual-spend.ts";

/** Every kind of rule, in the order of the API's documentation. */
export const RULES = [
  spend,
  hourlySpend,
  limitShare,
  credits,
  unusualSpend,
  hourlyUnusual,
  keyInvalid,
  keyExpires,
  syncStale,
] as const;

type Definition = (typeof RULES)[number];
export type RuleKind = Definition["kind"];
// biome-ignore lint/suspicious/noExplicitAny: the terms of a kind do not depend on its fields
type TermsOf<D> = D extends RuleDefinition<infer K, any, infer T> ? { kind: K } & T : never;
export type Terms = { [I in keyof typeof RULES]: TermsOf<(typeof RULES)[I]> }[number];

type Intersect<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;
type AllFields = Intersect<Definition["fields"]>;
type FieldName = keyof AllFields;
type FieldOf<N extends FieldName> = AllFields[N] extends Field ? AllFields[N] : never;

/** Terms of a rule in the API. Terms of other kinds are absent. */
export type TermFields = { [N in FieldName]?: z.output<FieldOf<N>["input"]> | undefined };

type AnyDefinition = RuleDefinition<RuleKind, Record<string, Field>, Record<string, unknown>>;

/** The definition of a kind; its terms are of that kind. */
export const definitionOf = (kind: RuleKind): AnyDefinition =>
  RULES.find((rule) => rule.kind === kind) as unknown as AnyDefinition;

export const KINDS = RULES.map(({ kind }) => kind) as unknown as readonly [RuleKind, ...RuleKind[]];

/** All fields with the kinds that have them. */
const FIELDS = new Map<string, { field: Field; kinds: RuleKind[] }>();
for (const { kind, fields } of RULES)
  for (const [name, field] of Object.entries(fields)) {
    const known = FIELDS.get(name);
    if (known) known.kinds.push(kind);
    else FIELDS.set(name, { field, kinds: [kind] });
  }

const shapeOf = (toSchema: (entry: { field: Field; kinds: RuleKind[] }) => z.ZodType) =>
  Object.fromEntries([...FIELDS].map(([name, entry]) => [name, toSchema(entry)]));

/** Input schemas of all terms, optional because each kind has only some. */
export const termInputs = shapeOf(({ field, kinds }) =>
  field.input
    .describe(`Only for ${kinds.map((kind) => `\`${kind}\``).join(" and ")}: ${field.input.description ?? ""}`)
    .optional(),
) as unknown as { [N in FieldName]: z.ZodOptional<FieldOf<N>["input"]> };

/** Output schemas of all terms: `null` for terms of other kinds. */
export const termOutputs = shapeOf(({ field, kinds }) =>
  field.output
    .nullable()
    .describe(
      `${field.input.description ?? ""} \`null\` unless \`kind\` is ${kinds.map((kind) => `\`${kind}\``).join(" or ")}.`,
    ),
) as unknown as {
  [N in FieldName]: z.ZodNullable<FieldOf<N>["output"]>;
};

/**
 * Merges the sent terms of a kind with its previous terms and defaults. Pure.
 * @returns an issue if a term is missing or belongs to another kind
 */
export function readTerms(kind: RuleKind, fields: TermFields, before: TermFields = {}): Terms | { issue: Issue } {
  const { fields: own, defaults, toTerms } = definitionOf(kind);
  const given = fields as Record<string, unknown>;
  const extra = [...FIELDS.keys()].find((name) => given[name] !== undefined && !Object.hasOwn(own, name));
  if (extra) return { issue: { path: extra, reason: message("field_not_for_kind", { kind }) } };
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(own))
    values[name] = given[name] ?? (before as Record<string, unknown>)[name] ?? defaults[name];
  const missing = Object.keys(own).find((name) => values[name] === undefined);
  if (missing) return { issue: { path: missing, reason: message("field_missing", {}) } };
  return { kind, ...toTerms(values) } as Terms;
}

/** Terms in the format of the API. */
export function writeTerms({ kind, ...terms }: Terms): { [N in FieldName]: z.output<FieldOf<N>["output"]> | null } {
  const none = Object.fromEntries([...FIELDS.keys()].map((name) => [name, null]));
  return { ...none, ...definitionOf(kind).toFields(terms) } as ReturnType<typeof writeTerms>;
}

/** JSON of the terms without the kind, which has its own column. */
export function formatTerms({ kind: _, ...terms }: Terms): string {
  return JSON.stringify(terms, (__, value) => (typeof value === "bigint" ? String(value) : value));
}

export function parseTerms(kind: RuleKind, json: string): Terms {
  const terms = JSON.parse(json) as Record<string, string | bigint>;
  for (const name of definitionOf(kind).amounts) if (name in terms) terms[name] = BigInt(terms[name] as string);
  return { kind, ...terms } as unknown as Terms;
}
