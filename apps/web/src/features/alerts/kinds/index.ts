import type { Format } from "@orwatch/messages/format";
import * as z from "zod/mini";
import type { ApiForm } from "../../../components/forms/form.tsx";
import { text } from "../../../components/forms/schemas.ts";
import type { AlertRule, RuleDraft } from "../../../lib/api/trpc.ts";
import { type Marks, writeNumber } from "../../../lib/format/numbers.ts";
import { credits } from "./credits.tsx";
import { hourlySpend } from "./hourly-spend.tsx";
import { hourlyUnusual } from "./hourly-unusual.tsx";
import { keyExpires, keyInvalid, syncStale } from "./key-state.tsx";
import { limitShare } from "./limit-share.tsx";
import { spend } from "./spend.tsx";
import { unusual } from "./unusual.tsx";

/** The forms of all kinds of rules, in the order of the choice. */
const KINDS = [
  spend,
  hourlySpend,
  limitShare,
  credits,
  unusual,
  hourlyUnusual,
  keyInvalid,
  keyExpires,
  syncStale,
] as const;

export type RuleKind = (typeof KINDS)[number]["kind"];
export const RULE_KINDS = KINDS.map(({ kind }) => kind);

type Defaults = (typeof KINDS)[number]["defaults"];
type Merged<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

/** Form values of a rule: the terms of all kinds, of which only those of the chosen kind are used. */
export type RuleValues = Merged<Defaults> & {
  kind: RuleKind;
  name: string;
  /** `null` for all keys. */
  api_key_ids: number[] | null;
  /** `null` for all channels. */
  channel_ids: number[] | null;
};

export const NEW_RULE = Object.assign(
  { kind: "spend", name: "", api_key_ids: null, channel_ids: null },
  ...KINDS.map(({ defaults }) => defaults),
) as RuleValues;

export function toValues(rule: AlertRule, format: Format): RuleValues {
  const write = (plain: string) => writeNumber(plain, format.marks());
  const found = KINDS.find(({ kind }) => kind === rule.kind);
  return {
    ...NEW_RULE,
    ...found?.toValues(rule, write),
    kind: rule.kind,
    name: rule.name,
    channel_ids: rule.channel_ids,
    api_key_ids: rule.keys?.filter(({ is_deleted }) => !is_deleted).map(({ id }) => id) ?? null,
  };
}

/** Fields of a kind; `null` if it has none. */
export const fieldsOf = (kind: RuleKind) =>
  (KINDS.find((one) => one.kind === kind)?.Fields ?? null) as
    | ((props: { form: ApiForm<RuleValues> }) => React.ReactNode)
    | null;

/** Converts form values to the request, with the terms of the kind only. */
export function ruleSchema(marks: Marks): z.ZodMiniType<RuleDraft, RuleValues> {
  const [first, ...others] = KINDS.map(({ kind, terms }) =>
    z.object({
      name: text,
      kind: z.literal(kind),
      api_key_ids: z.nullable(z.array(z.int()).check(z.minLength(1, "none"))),
      channel_ids: z.nullable(z.array(z.int())),
      ...terms(marks),
    }),
  );
  return z.discriminatedUnion("kind", [first as NonNullable<typeof first>, ...others]) as unknown as z.ZodMiniType<
    RuleDraft,
    RuleValues
  >;
}
