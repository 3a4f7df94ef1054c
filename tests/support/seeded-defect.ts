/** A way to break one rule, and the tests that must notice. */
export interface SeededDefect {
  name: string;
  /** Source file, from the repository's root. */
  file: string;
  find: string;
  replace: string;
  /** Test file, and a part of the title of a test in it that must fail. */
  tests: string;
  noticedBy: RegExp;
}
