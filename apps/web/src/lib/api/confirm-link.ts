import type { AppRouter } from "@orwatch/server/router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { codeOf, markUnsure } from "./errors.ts";

/** What a mutation may require before it is sent again: confirming the identity, or a new login. */
export type Wanted = "confirm" | "logIn";
type Asker = (wanted: Wanted, answer: (isGiven: boolean) => void) => void;

let asker: Asker | null = null;

/** Shows the dialogs; `null` if they are not mounted. */
export function setAsker(next: Asker | null) {
  asker = next;
}

/** True once confirmed, false if the user cancelled. Simultaneous requests share one dialog. */
const askFor = (wanted: Wanted): Promise<boolean> =>
  new Promise((resolve) => {
    if (asker) asker(wanted, resolve);
    else resolve(false);
  });

/** What requires no login. */
const FREE = [
  "auth.signIn",
  "auth.register",
  "auth.logout",
  "auth.requestPasswordReset",
  "auth.resetPassword",
  "auth.confirmEmailChange",
  "passkeys.beginUse",
  "passkeys.signIn",
  "share.open",
];

/** What is required before a rejected mutation is sent again. */
function wantedBy(code: string | null): Wanted | null {
  if (code === "REAUTHENTICATE") return "confirm";
  return code === "UNAUTHORIZED" ? "logIn" : null;
}

/** If a mutation requires a login or a confirmed identity, it waits for that and is sent again, without any change in its form. */
export const confirmLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      const send = () =>
        next(op).subscribe({
          ...observer,
          async error(error) {
            if (op.type !== "mutation" || FREE.includes(op.path)) return observer.error(error);
            const code = codeOf(error);
            if (code === null) markUnsure(error);
            const wanted = wantedBy(code);
            if (wanted === null || !(await askFor(wanted))) return observer.error(error);
            sending = send();
          },
        });
      let sending = send();
      return () => sending.unsubscribe();
    });
