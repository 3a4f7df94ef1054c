import { currentTexts } from "../i18n/i18n.ts";
import { isUnauthorized } from "./errors.ts";
import { trpcClient } from "./trpc.ts";

const { auth, oidc } = trpcClient;

/** What the pages before login need to know of the server. */
export interface ServerSettings {
  password_login: boolean;
  oidc: { name: string } | null;
}

/** The settings, or those of most servers if the server does not respond: its errors are reported when something is sent. */
export const readSettings = (): Promise<ServerSettings> =>
  auth.settings.query().catch(() => ({ password_login: true, oidc: null }));

/** API calls of the pages before login. */
export const authApi = {
  register: auth.register.mutate,
  signIn: auth.signIn.mutate,
  settings: auth.settings.query,
  requestPasswordReset: auth.requestPasswordReset.mutate,
  resetPassword: auth.resetPassword.mutate,
  confirmEmailChange: auth.confirmEmailChange.mutate,
  /** Begins a visit to the sign-in provider and returns its URL. */
  beginAtProvider: oidc.begin.mutate,
  /** What must still be entered after the visit. */
  pendingSignIn: oidc.pending.query,
  finishSignIn: oidc.finish.mutate,

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
