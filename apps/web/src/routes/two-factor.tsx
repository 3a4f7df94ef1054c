import { createFileRoute } from "@tanstack/react-router";
import { ApiProvider } from "../app/providers/api-provider.tsx";
import { AccountFrame } from "../components/account-frame.tsx";
import { AnnouncerProvider } from "../components/ui/announcer.tsx";
import { Button, buttonClasses } from "../components/ui/button.tsx";
import { Passkeys } from "../features/profile/passkeys.tsx";
import { SecondFactor } from "../features/profile/second-factor.tsx";
import { redirectSearch, requireLogin } from "../lib/api/guard.ts";
import { leaveFor, setAccount } from "../lib/api/session.ts";
import { trpc, trpcClient, trpcUtils, type User } from "../lib/api/trpc.ts";
import { loadTexts } from "../lib/i18n/catalogs.ts";
import { loadMessages, useTexts } from "../lib/i18n/i18n.ts";
import { pageInTeam } from "../lib/search/team-search.ts";

/** What users see until they have set up the two-factor authentication that the server or their team requires. */
export const Route = createFileRoute("/two-factor")({
  validateSearch: redirectSearch,
  loader: async ({ location }) => {
    const texts = Promise.all([loadTexts("account", "access", "profile"), loadMessages()]);
    const [user] = await requireLogin(
      Promise.all([
        trpcUtils.auth.account.ensureData({}),
        trpcUtils.auth.security.fetch({}),
        trpcUtils.passkeys.list.ensureData({}),
      ]),
      location.href,
    );
    await texts;
    setAccount(user.id);
    return user;
  },
  component: TwoFactor,
});

function TwoFactor() {
  const user = Route.useLoaderData();
  return (
    <ApiProvider email={user.email}>
      <AnnouncerProvider>
        <Setup user={user} />
      </AnnouncerProvider>
    </ApiProvider>
  );
}

function Setup({ user }: { user: User }) {
  const t = useTexts("access", "profile");
  const { redirect } = Route.useSearch();
  const { data: security } = trpc.auth.security.useQuery({});
  // The personal team is the first one.
  const other = user.teams.find((team) => !team.requires_second_factor);
  const isDone = security?.second_factor != null;

  async function logOut() {
    await trpcClient.auth.logout.mutate({});
    await leaveFor("/login");
  }

  return (
    <AccountFrame
      title={t.access.setUp.title}
      lead={t.access.setUp.lead({ by: security?.required_by ?? "server", email: user.email })}
    >
      <section aria-label={t.profile.passkeys.title} className="flex flex-col gap-3">
        <h2 className="font-semibold">{t.profile.passkeys.title}</h2>
        <Passkeys email={user.email} />
      </section>
      <section aria-label={t.access.setUp.app} className="flex flex-col gap-3">
        <h2 className="font-semibold">{t.access.setUp.app}</h2>
        <SecondFactor email={user.email} />
      </section>
      <div className="flex flex-wrap gap-2">
        {isDone && (
          // A new page, because the address may be of another team than this one.
          <a href={redirect ?? "/dashboard"} className={buttonClasses("primary")}>
            {t.access.setUp.goOn}
          </a>
        )}
        {!isDone && security?.required_by === "team" && other && (
          <a href={pageInTeam("/dashboard", other.id)} className={buttonClasses()}>
            {t.access.setUp.otherTeam}
          </a>
        )}
        <Button onClick={() => void logOut()}>{t.common.nav.logOut}</Button>
      </div>
    </AccountFrame>
  );
}
