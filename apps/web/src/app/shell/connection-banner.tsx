import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useIsLost } from "../../lib/api/connection.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** Shows that the server is unreachable. Once it responds again, all data of the page is reloaded. */
export function ConnectionBanner() {
  const t = useTexts("common");
  const isLost = useIsLost();
  const wasLost = useRef(false);
  const queryClient = useQueryClient();
  const router = useRouter();

  useEffect(() => {
    if (wasLost.current && !isLost) {
      void queryClient.invalidateQueries();
      if (router.state.matches.some(({ status }) => status === "error")) void router.invalidate();
    }
    wasLost.current = isLost;
  }, [isLost, queryClient, router]);

  return (
    <div role="status" className="sticky top-0 z-20 print:hidden">
      {isLost && <LostNote>{navigator.onLine ? t.common.errors.lost : t.common.errors.offline}</LostNote>}
    </div>
  );
}

export function LostNote({ children }: { children: string }) {
  return (
    <p className="flex items-center justify-center gap-2 border-b border-line bg-warn-soft px-4 py-2 text-table">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
      {children}
    </p>
  );
}
