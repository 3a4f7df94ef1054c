import type { IRegularForbiddenRuleType } from "dependency-cruiser";

export type Rule = IRegularForbiddenRuleType & { name: string; comment: string };

/** Tests may import anything, so no rule but those about tests starts from one. */
export const TESTS = "\\.test(-d)?\\.tsx?$|/test-support(\\.ts$|/)";

/** A type that another module declares ties nothing at run time. */
export const NOT_TYPES = { dependencyTypesNot: ["type-only" as const] };

/** Installed packages by name, with whatever file of theirs is imported. */
export const installed = (...names: string[]): string => `(^|/)node_modules/(${names.join("|")})/`;

/**
 * @param comment one sentence: where the code belongs instead
 * @param from files the rule is about; `fromNot` are its exceptions, beside all tests
 */
export function forbid(
  name: string,
  comment: string,
  { from, fromNot = [], ...to }: { from: string; fromNot?: string[] } & IRegularForbiddenRuleType["to"],
): Rule {
  return { name, comment, severity: "error", from: { path: from, pathNot: [TESTS, ...fromNot] }, to };
}
