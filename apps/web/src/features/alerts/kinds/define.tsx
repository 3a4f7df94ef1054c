import type { ReactNode } from "react";
import type * as z from "zod/mini";
import type { ApiForm } from "../../../components/forms/form.tsx";
import type { AlertRule, RuleDraft } from "../../../lib/api/trpc.ts";
import type { Marks } from "../../../lib/format/numbers.ts";

type Kind = RuleDraft["kind"];

/** Field of a stored rule that a form can show. `null` if the rule has none. */
type StoredTerms = Omit<AlertRule, "kind" | "name" | "keys">;

/** The form of a kind of rule. */
export interface RuleKindForm<K extends Kind, V extends object> {
  kind: K;
  /** Values of a new rule. */
  defaults: V;
  /** Values of a stored rule. `write` writes a number in the notation of the page. */
  toValues: (rule: StoredTerms, write: (plain: string) => string) => V;
  /** Validates the values and converts them for the request. */
  terms: (marks: Marks) => { [N in keyof V]: z.ZodMiniType<unknown, V[N]> };
  /** `null` if the kind has no fields. */
  Fields: ((props: { form: ApiForm<V> }) => ReactNode) | null;
}

export const defineRuleKind = <K extends Kind, V extends object>(form: RuleKindForm<K, V>): RuleKindForm<K, V> => form;
