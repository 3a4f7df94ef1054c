// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  lead: string;
  email: string;
  status: string;
  created: string;
  lastLogin: string;
  keys: string;
  actions: string;
  administrator: string;
  active: string;
  deactivated: string;
  deactivate: string;
  deactivateUser: (args: { email: string }) => string;
  reactivate: string;
  reactivateUser: (args: { email: string }) => string;
  signOut: string;
  signOutUser: (args: { email: string }) => string;
  done: {
    deactivated: (args: { email: string }) => string;
    reactivated: (args: { email: string }) => string;
    signedOut: (args: { count: number; email: string }) => string;
  };
  deactivation: {
    title: (args: { email: string }) => string;
    lead: string;
  };
};
export default catalog;
