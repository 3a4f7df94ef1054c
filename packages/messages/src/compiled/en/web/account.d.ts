// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  email: string;
  password: string;
  passwordConfirm: string;
  capsLock: string;
  showPassword: string;
  hidePassword: string;
  passwordsDiffer: string;
  passwordWeak: string;
  rules: {
    legend: string;
    met: string;
    notMet: string;
    length: string;
    upper: string;
    lower: string;
    digit: string;
    special: string;
  };
  code: {
    label: string;
    lead: string;
    hint: string;
    back: string;
    recovery: string;
    recoveryHint: string;
  };
  login: {
    title: string;
    lead: string;
    submit: string;
    toRegister: string;
    registerLink: string;
    againTitle: string;
    againLead: string;
    notKept: string;
    forgot: string;
    or: string;
  };
  register: {
    title: string;
    lead: string;
    submit: string;
    toLogin: string;
    loginLink: string;
    setupCode: string;
    setupCodeHint: string;
    closedTitle: string;
    closedBody: string;
  };
  passkey: {
    use: string;
    notUsed: string;
    alreadyAdded: string;
  };
  provider: {
    signIn: (args: { name: string }) => string;
  };
};
export default catalog;
