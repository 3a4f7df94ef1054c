import { useRouter } from "@tanstack/react-router";
import { authApi } from "../../lib/api/auth-api.ts";
import type { UsedPasskey } from "../../lib/api/passkeys.ts";
import { setAccount } from "../../lib/api/session.ts";
import { forgetTeam } from "../../lib/api/team.ts";
import { queryClient } from "../../lib/api/trpc.ts";

export interface Credentials {
  email: string;
  password: string;
  /** Two-factor code, once the server requires it. */
  code?: string;
  /** A passkey instead of the code. */
  passkey?: UsedPasskey;
}

/** Continues to the requested page after a login. */
export function useContinue(redirect: string | undefined) {
  const router = useRouter();
  return async () => {
    // Clears cached data of another user.
    queryClient.clear();
    setAccount(null);
    forgetTeam();
    await authApi.expectSession();
    router.clearCache();
    router.history.push(redirect ?? "/dashboard");
  };
}

/** Logs in and continues to the requested page. */
export function useSignIn(redirect: string | undefined) {
  const goOn = useContinue(redirect);
  return async (credentials: Credentials) => {
    await authApi.signIn(credentials);
    await goOn();
  };
}
