import { useRouter } from "@tanstack/react-router";
import { authApi } from "../../lib/api/auth-api.ts";
import { setAccount } from "../../lib/api/session.ts";
import { queryClient } from "../../lib/api/trpc.ts";

export interface Credentials {
  email: string;
  password: string;
  /** Of the second factor, once the server has asked for it. */
  code?: string;
}

/** Logs in and goes on to where one wanted to be. */
export function useSignIn(redirect: string | undefined) {
  const router = useRouter();
  return async (credentials: Credentials) => {
    await authApi.signIn(credentials);
    // What an account has left in memory goes, before another one may look at it.
    queryClient.clear();
    setAccount(null);
    await authApi.expectSession();
    router.clearCache();
    router.history.push(redirect ?? "/dashboard");
  };
}
