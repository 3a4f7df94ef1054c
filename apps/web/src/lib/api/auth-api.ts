import { currentTexts } from "../i18n/i18n.ts";
import { isUnauthorized } from "./errors.ts";
import { trpcClient } from "./trpc.ts";

const { auth } = trpcClient;

/** What the pages before the login ask. */
export const authApi = {
  register: auth.register.mutate,
  signIn: auth.signIn.mutate,
  settings: auth.settings.query,

  /**
   * Asks who is logged in, after a login: script cannot see the cookie of a session. Whatever else fails is told where it matters.
   * @throws in words for the form when the browser has not kept the session
   */
  async expectSession(): Promise<void> {
    try {
      await auth.me.query({});
    } catch (error) {
      if (isUnauthorized(error))
        throw Object.assign(new Error(currentTexts().account.login.notKept), { data: { code: "SESSION_NOT_KEPT" } });
    }
  },
};
