import type { AppRouter } from "@orwatch/server/router";
import { focusManager, QueryClient } from "@tanstack/react-query";
import { httpBatchLink } from "@trpc/client";
import { createTRPCQueryUtils, createTRPCReact } from "@trpc/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { confirmLink } from "./confirm-link.ts";
import { watchedFetch } from "./connection.ts";
import { isPassing } from "./errors.ts";
import { messagesLink } from "./messages-link.ts";
import { accountHeader } from "./session.ts";
import { teamHeader } from "./team.ts";

/** `trpc.keys.list.useQuery(…)`, typed by the server's router. */
export const trpc = createTRPCReact<AppRouter>();

/** Calls within one tick share a request, at most ten, the limit of the server. */
export const trpcClient = trpc.createClient({
  links: [
    messagesLink,
    confirmLink,
    httpBatchLink({
      url: "/trpc",
      maxItems: 10,
      headers: () => ({ ...accountHeader(), ...teamHeader() }),
      fetch: (input, init) => watchedFetch(input, { ...init, signal: init?.signal ?? null }),
    }),
  ],
});

// A window behind another one counts as visible, so focus is used too.
focusManager.setEventListener((onFocus) => {
  const notify = () => onFocus();
  window.addEventListener("visibilitychange", notify);
  window.addEventListener("focus", notify);
  return () => {
    window.removeEventListener("visibilitychange", notify);
    window.removeEventListener("focus", notify);
  };
});

export const queryClient = new QueryClient({
  defaultOptions: {
    // The browser's network state is ignored, because the server may run on this machine.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      staleTime: 30_000,
      retry: (failures, error) => failures < 1 && isPassing(error),
      retryDelay: 1000,
    },
  },
});

/** The same outside components: `trpcUtils.keys.list.ensureData(…)`. */
export const trpcUtils = createTRPCQueryUtils({ queryClient, client: trpcClient });

type Outputs = inferRouterOutputs<AppRouter>;
export type Dashboard = Outputs["stats"]["dashboard"];
export type Overview = Outputs["overview"]["get"];
export type ModelUsage = Outputs["models"]["list"]["items"][number];
export type Key = Outputs["keys"]["list"]["items"][number];
export type KeyList = Outputs["keys"]["list"];
export type KeyPageData = Outputs["keys"]["page"];
export type KeyName = Outputs["keys"]["names"]["items"][number];
export type KeyLimit = Outputs["keys"]["limits"]["items"][number];
export type Account = Outputs["accounts"]["list"]["items"][number];
export type AccountKey = Outputs["accounts"]["keys"]["items"][number];
export type ReconciledDay = Outputs["accounts"]["reconciliation"]["items"][number];
export type CreditsHistory = Outputs["accounts"]["credits"];
export type AccountKeysInput = inferRouterInputs<AppRouter>["accounts"]["keys"];
export type Breakdown = Outputs["breakdowns"]["get"];
export type ModelSpeed = Outputs["breakdowns"]["speed"]["items"][number];
export type Changes = Outputs["changes"]["get"];
export type ExploreAnswer = Outputs["explore"]["get"];
export type SavedView = Outputs["views"]["list"]["items"][number];
export type ChartAnnotation = Outputs["annotations"]["list"]["items"][number];
export type Series = Outputs["stats"]["series"];
export type Unusual = Outputs["stats"]["unusual"];
export type Attention = Outputs["keys"]["attention"];
export type DeletionImpact = Outputs["keys"]["deletionImpact"];
export type SyncProgress = Outputs["sync"]["progress"];
export type SyncResult = Outputs["sync"]["all"];
export type User = Outputs["auth"]["account"];
export type Passkey = Outputs["passkeys"]["list"][number];
export type Session = Outputs["auth"]["sessions"][number];
export type Identity = Outputs["oidc"]["identities"][number];
export type Activity = Outputs["audit"]["list"]["items"][number];
export type Team = NonNullable<User["team"]>;
/** The user of a page, in the team of the page. */
export type CurrentUser = User & { team: Team };
export type Member = Outputs["teams"]["members"]["items"][number];
export type Invitation = Outputs["teams"]["invite"];
export type PendingInvitation = Outputs["teams"]["invitations"]["items"][number];
export type InvitationPreview = Outputs["invitations"]["preview"];
export type ShareLink = Outputs["shares"]["list"]["items"][number];
export type CreatedShareLink = Outputs["shares"]["create"];
export type SharedPage = Outputs["share"]["open"];
export type ListedUser = Outputs["users"]["list"]["items"][number];
export type Settings = Outputs["auth"]["settings"];
export type ApiToken = Outputs["tokens"]["list"][number];
export type IssuedToken = Outputs["tokens"]["issue"];
export type StatsTable = Outputs["stats"]["table"];
export type StatsRow = StatsTable["rows"][number];
export type AccountExport = Outputs["auth"]["exportData"];
export type Job = Outputs["jobs"]["list"][number];
export type JobRun = Job["last_runs"][number];
export type AlertRule = Outputs["alerts"]["listRules"]["items"][number];
export type RulePreview = Outputs["alerts"]["preview"];
export type RuleDraft = inferRouterInputs<AppRouter>["alerts"]["createRule"];
export type AlertSettings = Outputs["alerts"]["settings"];
export type Notice = Outputs["inbox"]["list"]["items"][number];
export type Channel = Outputs["channels"]["list"]["items"][number];
export type Delivery = Outputs["channels"]["deliveries"]["items"][number];
export type Forecast = Outputs["forecast"]["get"];
