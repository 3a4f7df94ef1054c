import { useRouter } from "@tanstack/react-router";
import { authApi } from "../../lib/api/auth-api.ts";
import { setAccount } from "../../lib/api/session.ts";
import { queryClient } from "../../lib/api/trpc.ts";

export interface Credentials {
  email: string;
  password: string;
  /** Two-factor code, once the server requires it. */
  code?: string;
}

/** Logs in and continues to the requested page. */
export function useSignIn(redirect: string | undefined) {
  const router = useRouter();
  return async (credentials: Credentials) => {
    await authApi.signIn(credentials);
    // Clears cached data of another user.
    queryClient.clear();
    setAccount(null);
    await authApi.expectSession();
    router.clearCache();
    router.history.push(redirect ?? "/dashboard");
  };
}
