import { describeIssue, type Issue, issuesOf, messageOf } from "../../lib/api/errors.ts";
import type { TextsOf } from "../../lib/i18n/i18n.ts";

/** An error of the server: an issue of one field, or the whole error. */
export interface ApiProblem {
  error: unknown;
  issue?: Issue;
}

/** An issue of a zod schema. Checks with their own text have a code as their message. */
interface SchemaProblem {
  message: string;
  params?: Record<string, unknown> | undefined;
}

/** Error of a field. Rendered where it is shown, so that it follows the language. */
export type Problem = ApiProblem | SchemaProblem;

/** Texts for the codes of a schema. By default, a field is missing. */
export type ErrorTexts = Record<string, string | ((params: never) => string)>;

interface Wording {
  label: string;
  errorTexts?: ErrorTexts | undefined;
  t: TextsOf<"common">;
}

export function describeProblem(problem: Problem, { label, errorTexts, t }: Wording): string {
  if ("error" in problem) return problem.issue ? describeIssue(problem.issue, label) : messageOf(problem.error);
  const text = errorTexts?.[problem.message];
  if (text === undefined) return t.common.required({ field: label });
  return typeof text === "string" ? text : text((problem.params ?? {}) as never);
}

interface Target<N extends string> {
  /** Fields that are shown. */
  names: readonly string[];
  /** The field that an error without issues is about; `null` when it is about the whole. */
  fieldOf?: ((error: unknown) => N | null) | undefined;
}

/** Errors of the API by field, or for the whole form if they have no visible field. */
export function toApiProblems<N extends string>(error: unknown, { names, fieldOf }: Target<N>) {
  const fields: Record<string, ApiProblem> = {};
  for (const issue of issuesOf(error)) if (names.includes(issue.path)) fields[issue.path] ??= { error, issue };
  const field = Object.keys(fields).length === 0 ? fieldOf?.(error) : null;
  if (field) fields[field] = { error };
  return { form: Object.keys(fields).length === 0 ? { error } : undefined, fields };
}
