import { type Issue, issuesOf, messageOf, sayIssue } from "../../lib/api/errors.ts";
import type { TextsOf } from "../../lib/i18n/i18n.ts";

/** What the server found: an issue of one field, or the error as a whole. */
export interface ApiProblem {
  error: unknown;
  issue?: Issue;
}

/** An issue of a zod schema. Checks with their own text have a code as their message. */
interface SchemaProblem {
  message: string;
  params?: Record<string, unknown> | undefined;
}

/** What is wrong with a field. It is put in words where it is shown, so that another language is shown at once. */
export type Problem = ApiProblem | SchemaProblem;

/** Words for the codes of a schema; without any, a field is missing. */
export type Says = Record<string, string | ((params: never) => string)>;

interface Saying {
  label: string;
  says?: Says | undefined;
  t: TextsOf<"common">;
}

export function sayProblem(problem: Problem, { label, says, t }: Saying): string {
  if ("error" in problem) return problem.issue ? sayIssue(problem.issue, label) : messageOf(problem.error);
  const said = says?.[problem.message];
  if (said === undefined) return t.common.required({ field: label });
  return typeof said === "string" ? said : said((problem.params ?? {}) as never);
}

interface Target<N extends string> {
  /** Fields that are shown. */
  names: readonly string[];
  /** The field that an error without issues is about; `null` when it is about the whole. */
  fieldOf?: ((error: unknown) => N | null) | undefined;
}

/** An API error by field, or for the whole form where it names no field that is shown. */
export function toApiProblems<N extends string>(error: unknown, { names, fieldOf }: Target<N>) {
  const fields: Record<string, ApiProblem> = {};
  for (const issue of issuesOf(error)) if (names.includes(issue.path)) fields[issue.path] ??= { error, issue };
  const field = Object.keys(fields).length === 0 ? fieldOf?.(error) : null;
  if (field) fields[field] = { error };
  return { form: Object.keys(fields).length === 0 ? { error } : undefined, fields };
}
