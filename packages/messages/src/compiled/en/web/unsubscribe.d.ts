// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  title: string;
  lead: string;
  submit: string;
  done: string;
  dead: string;
  failed: string;
  toApp: string;
};
export default catalog;
