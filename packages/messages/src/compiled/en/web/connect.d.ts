// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  defaultName: string;
  keyHint: (args: { prefix: string }) => string;
  prefix: (args: { prefix: string }) => string;
  first: {
    lead: string;
    key: string;
    hint: string;
    submit: string;
    inferenceTitle: string;
    inferenceBody: string;
    addManagement: string;
  };
  power: {
    summary: string;
    body: string;
    listKeys: string;
    readCredits: string;
    readActivity: string;
    readWorkspaces: string;
    query: string;
    never: string;
  };
};
export default catalog;
