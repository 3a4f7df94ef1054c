import { type Caller, callerOf, type Harness, PASSWORD, request } from "../server/harness.ts";
import { codeOf } from "./totp.ts";

/** An authenticator app: waits for the next code after each use, as users must. */
export interface Phone {
  secret: string;
  recoveryCodes: string[];
  /** The current code. */
  show(): string;
  /** Advances the clock to a code that was not shown yet. */
  next(): string;
}

/** Enables two-factor authentication for a caller. */
export async function enrol(harness: Harness, caller: Caller): Promise<Phone> {
  const begun = await caller.post("/api/user/second-factor", { password: PASSWORD });
  if (begun.status !== 200) throw new Error(begun.text);
  const { secret } = begun.body;
  const show = () => codeOf(secret, harness.sim.clock.now());
  const enabled = await caller.post("/api/user/second-factor/enable", { code: show() });
  if (enabled.status !== 200) throw new Error(enabled.text);
  return {
    secret,
    recoveryCodes: enabled.body.recovery_codes,
    show,
    next() {
      harness.sim.clock.advance(61_000);
      return show();
    },
  };
}

export const logInWith = (harness: Harness, body: object) =>
  request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** Creates a new session of the caller's account. */
export async function logInAgain(harness: Harness, caller: Caller, code?: string): Promise<Caller> {
  const { body, text } = await logInWith(harness, {
    email: caller.email,
    password: PASSWORD,
    ...(code ? { code } : {}),
  });
  if (!body.access_token) throw new Error(text);
  return callerOf(() => harness.url, body.access_token, caller.email);
}

/** How and from where a browser signs in. */
export interface SignIn {
  address: string;
  cookie?: string;
  password?: string;
  code?: string;
}

/** Signs in as the web app does. */
export const signIn = (
  harness: Harness,
  { email }: Pick<Caller, "email">,
  { address, cookie = "", password = PASSWORD, code }: SignIn,
) =>
  request(`${harness.url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address, cookie },
    body: JSON.stringify({ email, password, ...(code === undefined ? {} : { code }) }),
  });
