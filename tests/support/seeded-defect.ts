/** A way to break one rule, and the test that must fail. */
export interface SeededDefect {
  name: string;
  /** Source file, from the repository's root. */
  file: string;
  find: string;
  replace: string;
  /** Test file, and a pattern for the title of a test in it that must fail. */
  tests: string;
  noticedBy: RegExp;
}
