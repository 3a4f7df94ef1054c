import { createFileRoute } from "@tanstack/react-router";
import { ContinuePage } from "../features/auth/continue-page.tsx";
import { authApi } from "../lib/api/auth-api.ts";
import { loadTexts } from "../lib/i18n/catalogs.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";

export const Route = createFileRoute("/continue")({
  loader: async () => {
    const [pending] = await Promise.all([authApi.pendingSignIn({}), loadTexts("account", "access"), loadMessages()]);
    return pending;
  },
  component: Continue,
});

function Continue() {
  return <ContinuePage pending={Route.useLoaderData()} />;
}
