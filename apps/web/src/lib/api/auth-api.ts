import { currentTexts } from "../i18n/i18n.ts";
import { isUnauthorized } from "./errors.ts";
import { trpcClient } from "./trpc.ts";

const { auth } = trpcClient;

/** API calls of the pages before login. */
export const authApi = {
  register: auth.register.mutate,
  signIn: auth.signIn.mutate,
  settings: auth.settings.query,
  requestPasswordReset: auth.requestPasswordReset.mutate,
  resetPassword: auth.resetPassword.mutate,
  confirmEmailChange: auth.confirmEmailChange.mutate,

  /**
   * Checks after a login that the browser has stored the session, because scripts cannot see its cookie. Other errors are reported by the page.
   * @throws an error for the form if the browser has not stored the session
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
