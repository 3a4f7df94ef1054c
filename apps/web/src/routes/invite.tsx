import { createFileRoute, redirect } from "@tanstack/react-router";
import { InvitePage } from "../features/auth/invite-page.tsx";
import { loadMessages, loadTexts } from "../lib/i18n/i18n.ts";

/** Loaded on demand: few visits have an invitation. */
const invitations = () => import("../features/auth/load-invitation.ts");

export const Route = createFileRoute("/invite")({
  beforeLoad: async ({ location }) => {
    if (!location.hash) return;
    (await invitations()).takeInvitation(location.hash);
    throw redirect({ to: "/invite", replace: true });
  },
  loader: async () => {
    const loaded = invitations().then(({ loadInvitation }) => loadInvitation());
    await Promise.all([loaded, loadTexts("account", "access"), loadMessages()]);
    return loaded;
  },
  // The user may have logged in or out meanwhile.
  gcTime: 0,
  component: Invite,
});

function Invite() {
  return <InvitePage {...Route.useLoaderData()} />;
}
