import { useRouter } from "@tanstack/react-router";
import { accountApi } from "../../lib/api/auth-api.ts";
import { setAccount } from "../../lib/api/session.ts";

export interface Credentials {
  email: string;
  password: string;
  /** Of the second factor, once the server has asked for it. */
  code?: string;
}

/** Drops what an account has left in memory, before another one may look at it. */
async function forgetAccount() {
  const { queryClient } = await import("../../lib/api/trpc.ts");
  queryClient.clear();
  setAccount(null);
}

/** Logs in and goes on to where one wanted to be. */
export function useSignIn(redirect: string | undefined) {
  const router = useRouter();
  return async (credentials: Credentials) => {
    await accountApi.signIn(credentials);
    // Side by side: the one loads a file meanwhile, so that the question takes no time of its own.
    await Promise.all([accountApi.expectSession(), forgetAccount()]);
    router.clearCache();
    router.history.push(redirect ?? "/dashboard");
  };
}
