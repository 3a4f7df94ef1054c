import { z } from "zod";
import type { Field, ProviderDefinition } from "./define.ts";
import { discord } from "./discord.ts";
import { email } from "./email.ts";
import { ntfy } from "./ntfy.ts";
import { slack } from "./slack.ts";
import { telegram } from "./telegram.ts";
import { webhook } from "./webhook.ts";

/** Every kind of channel, in the order of the API's documentation. */
const PROVIDERS = [email, webhook, slack, discord, telegram, ntfy] as const;

type Definition = (typeof PROVIDERS)[number];
export type ChannelKind = Definition["kind"];
// biome-ignore lint/suspicious/noExplicitAny: the settings of a kind do not depend on its fields
type SettingsOf<D> = D extends ProviderDefinition<infer K, any, infer S> ? { kind: K } & S : never;
/** Settings of a channel with its secrets, encrypted as a whole. */
export type Settings = { [I in keyof typeof PROVIDERS]: SettingsOf<(typeof PROVIDERS)[I]> }[number];

type Intersect<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;
type AllFields = Intersect<Definition["fields"]>;
type FieldName = keyof AllFields;
type InputOf<N extends FieldName> = AllFields[N] extends Field ? AllFields[N]["input"] : never;

/** Settings in the API. Those of other kinds are absent. */
export type SettingFields = { [N in FieldName]?: z.output<InputOf<N>> | "" | null | undefined };

type AnyDefinition = ProviderDefinition<ChannelKind, Record<string, Field>, object>;

/** The provider of a kind; its settings are of that kind. */
export const providerOf = (kind: ChannelKind): AnyDefinition =>
  PROVIDERS.find((provider) => provider.kind === kind) as unknown as AnyDefinition;

export const KINDS = PROVIDERS.map(({ kind }) => kind) as unknown as readonly [ChannelKind, ...ChannelKind[]];

const ALL = PROVIDERS.flatMap(({ kind, fields }) =>
  Object.entries(fields).map(([name, field]) => ({ kind, name, field: field as Field })),
);

export const FIELD_NAMES = [...new Set(ALL.map(({ name }) => name))] as FieldName[];

/** "`webhook`, `slack`: URL to send to. `ntfy`: Server." */
function describeField(name: string): string {
  const texts = new Map<string, ChannelKind[]>();
  for (const { kind, field } of ALL.filter((one) => one.name === name)) {
    const text = field.input.description ?? "";
    texts.set(text, [...(texts.get(text) ?? []), kind]);
  }
  return [...texts].map(([text, kinds]) => `${kinds.map((kind) => `\`${kind}\``).join(", ")}: ${text}`).join(" ");
}

const shapeOf = (toSchema: (field: Field, name: string) => z.ZodType) =>
  Object.fromEntries(
    FIELD_NAMES.map((name) => [name, toSchema(ALL.find((one) => one.name === name)?.field as Field, name)]),
  );

/** Input schemas of a new channel's settings, optional because each kind has only some. */
export const createInputs = shapeOf((field, name) =>
  field.input.describe(describeField(name)).optional(),
) as unknown as { [N in FieldName]: z.ZodOptional<InputOf<N>> };

const UNCHANGED = "Not changed if left out or empty";

/** Input schemas of changed settings: fields left out are not changed, nor are empty secrets and URLs; `null` removes optional settings. */
export const updateInputs = shapeOf((field, name) => {
  const leaves = field.isSecret || name === "url";
  const input = leaves ? field.input.or(z.literal("")) : field.input;
  const isRemovable = !field.isRequired && field.fallback === null;
  const description = `${describeField(name)} ${leaves ? UNCHANGED : "Not changed if left out"}${isRemovable ? "; `null` removes it" : ""}.`;
  return (isRemovable ? input.nullable() : input).optional().describe(description);
}) as unknown as { [N in FieldName]: z.ZodOptional<z.ZodNullable<z.ZodUnion<[InputOf<N>, z.ZodLiteral<"">]>>> };

/** Settings that a kind does not have. */
export const foreignFields = (kind: ChannelKind, given: object): FieldName[] =>
  FIELD_NAMES.filter((name) => Object.hasOwn(given, name) && !Object.hasOwn(providerOf(kind).fields, name));

export const fieldsOf = (kind: ChannelKind): string[] => Object.keys(providerOf(kind).fields);

/** Required settings that are missing. */
export const missingFields = (kind: ChannelKind, given: object): string[] =>
  Object.entries(providerOf(kind).fields)
    .filter(([name, { isRequired }]) => isRequired && (given as Record<string, unknown>)[name] === undefined)
    .map(([name]) => name);
