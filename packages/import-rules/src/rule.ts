import type { IRegularForbiddenRuleType } from "dependency-cruiser";

export type Rule = IRegularForbiddenRuleType & { name: string; comment: string };

/** Tests may import anything that is there. */
export const TESTS = "\\.test(-d)?\\.tsx?$|/test-support(\\.ts$|/)";

/** Type-only imports do not exist at run time. */
export const NOT_TYPES = { dependencyTypesNot: ["type-only" as const] };

/** Installed packages by name, with whatever file of theirs is imported. */
export const installed = (...names: string[]): string => `(^|/)node_modules/(${names.join("|")})/`;

type Where = { from: string; fromNot?: string[] } & IRegularForbiddenRuleType["to"];

/** A rule about every file, tests included. See {@link forbid}. */
export const forbidEverywhere = (name: string, comment: string, { from, fromNot = [], ...to }: Where): Rule => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: fromNot },
  to,
});

/**
 * @param comment one sentence: where the code belongs instead
 * @param from files the rule is about; `fromNot` are its exceptions, beside all tests
 */
export const forbid = (name: string, comment: string, { fromNot = [], ...where }: Where): Rule =>
  forbidEverywhere(name, comment, { ...where, fromNot: [TESTS, ...fromNot] });
