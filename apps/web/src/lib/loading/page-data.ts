import { setAccount } from "../api/session.ts";
import { trpcUtils, type User } from "../api/trpc.ts";
import { loadPageTexts } from "../i18n/catalogs.ts";
import { CAN_FAIL, type Call, callsOf, FRAME_CALLS, type PageName } from "./first-calls.ts";

/** `trpcUtils.keys.list.ensureData(…)`, by the name of the call. */
function ensure([name, input]: Call): Promise<unknown> {
  let at: unknown = trpcUtils;
  for (const part of name.split(".")) at = (at as Record<string, unknown>)[part];
  const data = (at as typeof trpcUtils.auth.account).ensureData(input as never);
  return CAN_FAIL.has(name) ? data.catch(() => null) : data;
}

/** What every page behind the log-in needs: loaders of one navigation share a tick, and so a request. */
export async function loadUser(): Promise<User> {
  const [unread, user] = FRAME_CALLS.map(ensure);
  // For the mark in the rail: nothing waits for it.
  unread?.catch(() => {});
  const known = (await user) as User;
  setAccount(known.id);
  return known;
}

/** What a page needs before it paints. */
export const loadPage = (page: PageName, search: object): Promise<unknown> =>
  Promise.all([...callsOf(page, search).map(ensure), loadPageTexts(`/${page}`)]);
