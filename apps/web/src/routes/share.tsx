import { createFileRoute, useLocation, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { SharePage } from "../features/share/share-page.tsx";
import { loadTexts } from "../lib/i18n/catalogs.ts";

/** The token stays in the address, so that the page can be reloaded and bookmarked. Browsers do not send what follows `#`. */
export const Route = createFileRoute("/share")({
  loader: async ({ location: { hash: token } }) => {
    const opened = import("../features/share/load-share.ts").then(({ openShare }) => openShare(token));
    await Promise.all([opened, loadTexts("share", "usage", "account")]);
    return { token, opened: await opened };
  },
  // Others may have revoked it meanwhile.
  gcTime: 0,
  component: Share,
});

function Share() {
  const router = useRouter();
  const { token, opened } = Route.useLoaderData();
  const { hash } = useLocation();
  // Another link that is opened in the same tab changes only the fragment.
  useEffect(() => {
    if (hash !== token) void router.invalidate();
  }, [hash, token, router]);
  return <SharePage key={token} token={token} opened={opened} onRetry={() => void router.invalidate()} />;
}
