// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  legacy_text: (args: { text: string | number }) => string;
  unknown_message: () => string;
  first_and_more: (args: { first: string | number; count: number }) => string;
};
export default catalog;
