// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  legacy_text: (args: { text: string | number }) => string;
  unknown_message: () => string;
};
export default catalog;
