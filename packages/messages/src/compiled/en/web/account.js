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
    back: "Back"
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
    forgot: "Forgot your password? The administrator of this server can reset it."
  },
  register: {
    title: "Sign up",
    lead: "Your keys are stored encrypted and never shown again.",
    submit: "Sign up",
    toLogin: "Already signed up?",
    loginLink: "Log in",
    closedTitle: "Registration is closed",
    closedBody: "This server does not accept new users. Ask its administrator to open registration, or log in."
  },
  confirm: {
    title: "Confirm your identity",
    lead: "Enter your password and a code. Valid for 10 minutes. What you typed is still here.",
    submit: "Confirm"
  }
}
