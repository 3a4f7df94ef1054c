// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  setUp: {
    title: string;
    lead: (args: { by: string; email: string }) => string;
    app: string;
    goOn: string;
    otherTeam: string;
  };
  forgot: {
    title: string;
    lead: string;
    submit: string;
    sentTitle: string;
    sentBody: string;
    offTitle: string;
    offBody: string;
    toLogin: string;
  };
  reset: {
    title: string;
    lead: string;
    password: string;
    submit: string;
    done: string;
    noToken: string;
    again: string;
  };
  confirmEmail: {
    title: string;
    lead: string;
    submit: string;
    changed: string;
    waiting: (args: { which: string }) => string;
    toProfile: string;
  };
  invite: {
    title: string;
    lead: string;
    team: string;
    role: string;
    expires: string;
    signedIn: (args: { email: string }) => string;
    join: string;
    asOther: string;
    toLogin: string;
    loginLink: string;
    forEmail: string;
    goneTitle: string;
    goneBody: string;
    toApp: string;
  };
  provider: {
    confirmLead: (args: { name: string }) => string;
    open: (args: { name: string }) => string;
    waiting: string;
    blocked: string;
    gone: string;
    finishTitle: string;
    passwordLead: (args: { email: string; name: string }) => string;
    codeLead: (args: { email: string }) => string;
    connect: (args: { name: string }) => string;
    finish: string;
    toLogin: string;
    doneTitle: string;
    doneLead: string;
    failedTitle: string;
    failedLead: string;
  };
  confirm: {
    title: string;
    lead: string;
    submit: string;
    leadPassword: string;
  };
};
export default catalog;
