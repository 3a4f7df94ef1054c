// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  days: (args: { days: string }) => string;
  updated: string;
  never: string;
  until: (args: { until: string }) => string;
  emptyTitle: string;
  emptyBody: string;
  goneTitle: string;
  goneBody: string;
  lockedTitle: string;
  lockedBody: string;
  password: string;
  open: string;
  failedTitle: string;
};
export default catalog;
