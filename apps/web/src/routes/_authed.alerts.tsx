import { createFileRoute } from "@tanstack/react-router";
import { AlertsSkeleton } from "../app/page-skeletons.tsx";
import { AlertsPage } from "../features/alerts/alerts-page.tsx";
import { RulesPanel } from "../features/alerts/rules-panel.tsx";
import { ChannelsPanel } from "../features/channels/channels-panel.tsx";
import { DeliveriesPanel } from "../features/channels/deliveries-panel.tsx";
import { ForecastPanel } from "../features/forecast/forecast-panel.tsx";
import { InboxPanel } from "../features/inbox/inbox-panel.tsx";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";
import {
  type AlertsSearch,
  alertsSearch,
  partOf,
  toDeliveriesInput,
  toForecastInput,
  toInboxInput,
} from "../lib/search/alerts-search.ts";
import { ALL_KEYS } from "../lib/search/keys-search.ts";

function firstAnswers(search: AlertsSearch): Promise<unknown>[] {
  const { alerts, channels, forecast, inbox, keys } = trpcUtils;
  switch (partOf(search)) {
    case "rules":
      return [alerts.listRules.ensureData({}), alerts.settings.ensureData({}), channels.list.ensureData({})];
    case "channels":
      return [channels.list.ensureData({})];
    case "sent":
      return [channels.deliveries.ensureData(toDeliveriesInput(search)), channels.list.ensureData({})];
    case "forecast":
      return [forecast.get.ensureData(toForecastInput(search)), keys.list.ensureData(ALL_KEYS)];
    default:
      return [inbox.list.ensureData(toInboxInput(search))];
  }
}

export const Route = createFileRoute("/_authed/alerts")({
  validateSearch: (search) => search as AlertsSearch,
  loader: ({ location }) =>
    loadPage(
      location,
      ["usage", "alerts", "channels", "forecast"],
      loadMessages(),
      ...firstAnswers(alertsSearch.parse(location.search)),
    ),
  pendingComponent: AlertsSkeleton,
  component: Alerts,
});

const PANELS = {
  inbox: InboxPanel,
  rules: RulesPanel,
  channels: ChannelsPanel,
  sent: DeliveriesPanel,
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
