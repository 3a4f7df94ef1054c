import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { trpc } from "../../lib/trpc.ts";

/** Signs in, forgets whatever an earlier account has left in memory, and goes on to where one wanted to be. */
export function useSignIn(redirect: string | undefined) {
  const router = useRouter();
  const queryClient = useQueryClient();
  return trpc.auth.signIn.useMutation({
    onSuccess: () => {
      queryClient.clear();
      router.clearCache();
      router.history.push(redirect ?? "/dashboard");
    },
  });
}
