// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  day: string;
  week: string;
  month: string;
  wholeRange: string;
  model: string;
  key: string;
  requests: string;
  tokensIn: string;
  tokensOut: string;
  cost: string;
  byok: string;
  byokHint: string;
  table: (args: { groups: string }) => string;
  weekOf: (args: { day: string }) => string;
  soFar: string;
  open: (args: { name: string }) => string;
  sum: (args: { count: number }) => string;
  known: (args: { known: number; asked: number; days: string }) => string;
  allKnown: string;
  noDataTitle: string;
  noDataBody: string;
  noKeysTitle: string;
  noUsageTitle: string;
  noUsageBody: string;
  longer: (args: { count: number }) => string;
};
export default catalog;
