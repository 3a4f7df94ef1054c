import { createFileRoute } from "@tanstack/react-router";
import { ErrorPage } from "../app/error-pages.tsx";
import { AlertsSkeleton } from "../app/page-skeletons.tsx";
import { AlertsPage } from "../features/alerts/alerts-page.tsx";
import { RulesPanel } from "../features/alerts/rules-panel.tsx";
import { ChannelsPanel } from "../features/channels/channels-panel.tsx";
import { SentPanel } from "../features/channels/sent-panel.tsx";
import { ForecastPanel } from "../features/forecast/forecast-panel.tsx";
import { InboxPanel } from "../features/inbox/inbox-panel.tsx";
import { guarded } from "../lib/api/guard.ts";
import { type AlertsSearch, alertsSearch, partOf } from "../lib/search/alerts-search.ts";

export const Route = createFileRoute("/_authed/alerts")({
  validateSearch: (search) => search as AlertsSearch,
  loader: ({ context, location }) =>
    guarded(
      context.pageData().then(({ loadPage }) => loadPage("alerts", location.search)),
      location.href,
    ).then(() => null),
  pendingComponent: AlertsSkeleton,
  errorComponent: ErrorPage,
  component: Alerts,
});

const PANELS = {
  inbox: InboxPanel,
  rules: RulesPanel,
  channels: ChannelsPanel,
  sent: SentPanel,
  forecast: ForecastPanel,
};

function Alerts() {
  const search = alertsSearch.parse(Route.useSearch());
  const Panel = PANELS[partOf(search)];
  return (
    <AlertsPage search={search}>
      <Panel search={search} />
    </AlertsPage>
  );
}
