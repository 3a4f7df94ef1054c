import { type Bench, type Caller, callerOf, PASSWORD, request } from "./harness.ts";
import { codeOf } from "./totp.ts";

/** A phone in hand: after each code it waits for the next, as people must. */
export interface Phone {
  secret: string;
  recoveryCodes: string[];
  /** The code shown now. */
  show(): string;
  /** Moves time on to a code that was not shown yet. */
  next(): string;
}

/** Switches the second factor on for a caller. */
export async function enrol(bench: Bench, caller: Caller): Promise<Phone> {
  const begun = await caller.post("/api/user/second-factor", { password: PASSWORD });
  if (begun.status !== 200) throw new Error(begun.text);
  const { secret } = begun.body;
  const show = () => codeOf(secret, bench.sim.clock.now());
  const enabled = await caller.post("/api/user/second-factor/enable", { code: show() });
  if (enabled.status !== 200) throw new Error(enabled.text);
  return {
    secret,
    recoveryCodes: enabled.body.recovery_codes,
    show,
    next() {
      bench.sim.clock.advance(61_000);
      return show();
    },
  };
}

export const logInWith = (bench: Bench, body: object) =>
  request(`${bench.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** A new session of the caller's account. */
export async function logInAgain(bench: Bench, caller: Caller, code?: string): Promise<Caller> {
  const { body, text } = await logInWith(bench, { email: caller.email, password: PASSWORD, ...(code ? { code } : {}) });
  if (!body.access_token) throw new Error(text);
  return callerOf(() => bench.url, body.access_token, caller.email);
}
