import { reasonOf } from "../../lib/api/errors.ts";
import { type SharedPage, trpcClient } from "../../lib/api/trpc.ts";

/** What became of opening a share link. */
export type OpenedShare =
  | { state: "shown"; page: SharedPage }
  /** It needs a password. */
  | { state: "locked" }
  /** It is unknown, expired or revoked; the server does not say which. */
  | { state: "gone" }
  | { state: "failed"; error: unknown };

/** Never throws. */
export async function openShare(token: string): Promise<OpenedShare> {
  if (token === "" || token.length > 100) return { state: "gone" };
  try {
    return { state: "shown", page: await trpcClient.share.open.mutate({ token }) };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === "share_password_required") return { state: "locked" };
    return reason === "share_link_not_found" ? { state: "gone" } : { state: "failed", error };
  }
}

/** @throws the error of the server if the password is wrong */
export const openShareWithPassword = (token: string, password: string): Promise<SharedPage> =>
  trpcClient.share.open.mutate({ token, password });
