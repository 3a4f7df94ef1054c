import { readSettings, type ServerSettings } from "../../lib/api/auth-api.ts";
import { isUnauthorized, reasonOf } from "../../lib/api/errors.ts";
import { leaveFor } from "../../lib/api/session.ts";
import { type InvitationPreview, trpcClient, type User } from "../../lib/api/trpc.ts";
import { pageInTeam } from "../../lib/search/team-search.ts";
import { keepInvitation, readInvitation } from "./kept-invitation.ts";

const { auth, invitations } = trpcClient;

export interface LoadedInvitation {
  token: string;
  /** `null` if it can no longer be accepted. */
  invitation: InvitationPreview | null;
  user: User | null;
  /** How visitors can sign up and log in. */
  settings: ServerSettings;
  /** Why the invitation was not accepted after the login. */
  problem: unknown;
}

/** Opens a page of the app, in a new document. Never resolves. */
export function openApp(href: string): Promise<never> {
  keepInvitation(null);
  window.location.replace(href);
  return new Promise(() => {});
}

export async function acceptInvitation(token: string): Promise<never> {
  const { team_id } = await invitations.accept.mutate({ token });
  return openApp(pageInTeam("/dashboard", team_id));
}

async function preview(token: string): Promise<InvitationPreview | null> {
  try {
    return await invitations.preview.mutate({ token });
  } catch (error) {
    if (reasonOf(error) === "invitation_not_found") return null;
    throw error;
  }
}

/** The user of the session; `null` if there is none. */
async function findUser(): Promise<User | null> {
  try {
    return await auth.account.query({});
  } catch (error) {
    if (isUnauthorized(error)) return null;
    throw error;
  }
}

/** Ends the session, to continue on this page as another user. Never resolves. */
export async function leaveForOther(token: string): Promise<never> {
  await auth.logout.mutate({});
  keepInvitation({ token, isWanted: false });
  return leaveFor("/invite");
}

/** Takes the token out of an address, so that it is neither in the history nor shown. */
export const takeInvitation = (hash: string): void => keepInvitation({ token: hash, isWanted: false });

/** What the page shows. If the user has logged in to accept the invitation, it is accepted. */
export async function loadInvitation(): Promise<LoadedInvitation> {
  const { token = "", isWanted = false } = readInvitation() ?? {};
  const [invitation, user, settings] = await Promise.all([token ? preview(token) : null, findUser(), readSettings()]);
  const loaded = { token, invitation, user, settings };
  if (!invitation) keepInvitation(null);
  if (!isWanted || !invitation || !user) return { ...loaded, problem: null };
  keepInvitation({ token, isWanted: false });
  try {
    return await acceptInvitation(token);
  } catch (problem) {
    return { ...loaded, problem };
  }
}
