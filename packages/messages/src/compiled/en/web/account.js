// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  email: "Email",
  password: "Password",
  passwordConfirm: "Confirm password",
  capsLock: "Caps Lock is on",
  showPassword: "Show password",
  hidePassword: "Hide password",
  passwordsDiffer: "The passwords do not match.",
  passwordWeak: "The password does not meet all requirements yet.",
  rules: {
    legend: "Your password needs",
    met: "met",
    notMet: "not met yet",
    length: "12 to 128 characters",
    upper: "an uppercase letter",
    lower: "a lowercase letter",
    digit: "a digit",
    special: "a special character"
  },
  code: {
    label: "Code",
    lead: "Two-factor authentication is on for this user.",
    hint: "The 6-digit code from your authenticator app, or a recovery code.",
    back: "Back",
    recovery: "Recovery code",
    recoveryHint: "One of the codes you saved when you turned on two-factor authentication."
  },
  login: {
    title: "Log in",
    lead: "See what your OpenRouter keys cost by day, model and key.",
    submit: "Log in",
    toRegister: "New to this server?",
    registerLink: "Sign up",
    againTitle: "Log in again",
    againLead: "Your session has expired. What you typed on this page is still here.",
    notKept: "Your browser did not keep the session. Allow cookies for this site, or open it over https.",
    forgot: "Forgot your password?",
    or: "or"
  },
  register: {
    title: "Sign up",
    lead: "Your keys are stored encrypted and never shown again.",
    submit: "Sign up",
    toLogin: "Already signed up?",
    loginLink: "Log in",
    setupCode: "Set-up code",
    setupCodeHint: "You create the administrator of this server. The server printed the code in its log when it started.",
    closedTitle: "Registration is closed",
    closedBody: "This server does not accept new users. Ask its administrator to open registration, or log in."
  },
  passkey: {
    use: "Use a passkey",
    notUsed: "No passkey was used. Try again, or use another way to log in.",
    alreadyAdded: "This device or password manager already has a passkey for your user."
  },
  provider: {
    signIn: (d) => "Sign in with " + d.name
  }
}
