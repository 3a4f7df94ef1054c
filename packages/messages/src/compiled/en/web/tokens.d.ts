// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  lead: string;
  create: string;
  table: string;
  name: string;
  created: string;
  lastUsed: string;
  expires: string;
  expired: string;
  actions: string;
  revoke: string;
  revokeToken: (args: { name: string }) => string;
  count: (args: { active: number; limit: number }) => string;
  by: (args: { email: string }) => string;
  full: (args: { limit: number }) => string;
  emptyTitle: string;
  emptyBody: string;
  scopes: {
    read: string;
    readHint: string;
    sync: string;
    syncHint: string;
    writeKeys: string;
    writeKeysHint: string;
  };
  done: {
    created: (args: { name: string }) => string;
    revoked: (args: { name: string }) => string;
  };
  form: {
    title: string;
    lead: string;
    name: string;
    hint: string;
    scopes: string;
    scopeMissing: string;
    expires: string;
    inDays: (args: { days: number }) => string;
    expiresHint: string;
    submit: string;
    createdTitle: string;
    createdLead: (args: { name: string }) => string;
    token: string;
    saved: string;
    unsaved: string;
  };
  revocation: {
    title: (args: { name: string }) => string;
    body: string;
    lastUsed: (args: { ago: string }) => string;
    neverUsed: string;
    submit: string;
  };
  usage: {
    title: string;
    curl: string;
    curlNote: string;
    csv: string;
    csvNote: string;
    sdk: string;
    sdkNote: string;
    limitTitle: string;
    limit: (args: { requests: number; unit: string; count: number }) => string;
    limitHeaders: string;
    docsTitle: string;
    docs: string;
  };
};
export default catalog;
