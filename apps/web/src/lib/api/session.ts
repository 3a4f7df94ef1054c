import { setAccount } from "./account-of-page.ts";

/** Drops what an account has left in memory, before another one may look at it. */
export async function forgetAccount() {
  const { queryClient } = await import("./trpc.ts");
  queryClient.clear();
  setAccount(null);
}
