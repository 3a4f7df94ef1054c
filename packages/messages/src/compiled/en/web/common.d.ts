// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  app: string;
  skip: string;
  navigation: string;
  commands: string;
  unknown: string;
  never: string;
  legend: string;
  close: string;
  cancel: string;
  loading: string;
  updating: string;
  total: string;
  dismiss: string;
  copy: string;
  copyItem: (args: { item: string }) => string;
  copied: string;
  notCopied: string;
  required: (args: { field: string }) => string;
  optional: string;
  rows: (args: { from: number; to: number; total: number }) => string;
  pages: string;
  previousPage: string;
  nextPage: string;
  language: string;
  nav: {
    dashboard: string;
    explore: string;
    keys: string;
    accounts: string;
    alerts: string;
    unread: (args: { count: number }) => string;
    tokens: string;
    team: string;
    jobs: string;
    profile: string;
    user: string;
    users: string;
    logOut: string;
  };
  theme: {
    label: string;
    light: string;
    dark: string;
    system: string;
  };
  errors: {
    title: string;
    network: string;
    unsure: string;
    unexpected: string;
    serverClock: string;
    lost: string;
    offline: string;
    signedOut: string;
    tooMany: (args: { seconds: number; time: string }) => string;
    retry: string;
    home: string;
    requestId: (args: { id: string }) => string;
  };
  notFound: {
    title: string;
    body: string;
  };
  team: {
    label: string;
    current: string;
    switch: string;
    personal: string;
    new: string;
    manage: string;
    roles: {
      owner: string;
      admin: string;
      editor: string;
      viewer: string;
    };
    needs: (args: { role: string }) => string;
    missingTitle: string;
    missingBody: string;
    toOwn: string;
    signedInAs: (args: { email: string }) => string;
  };
};
export default catalog;
