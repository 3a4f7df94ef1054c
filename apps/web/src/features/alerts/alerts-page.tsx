import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { PageBody, PageHead } from "../../components/page.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { Permitted } from "../../components/ui/permitted.tsx";
import { SegmentLinks } from "../../components/ui/segmented.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type AlertsSearch, PARTS, partOf } from "../../lib/search/alerts-search.ts";
import { OPENED_HERE } from "../../lib/search/opened-here.ts";

/** Layout of the parts of the page. `children` is the part selected by the URL. */
export function AlertsPage({ search, children }: { search: AlertsSearch; children: ReactNode }) {
  const t = useTexts("alerts", "channels");
  const part = partOf(search);
  const add = part === "rules" ? t.alerts.rules.add : part === "channels" ? t.channels.add : null;
  return (
    <PageBody>
      <PageHead title={t.common.nav.alerts}>
        {add && (
          <Permitted to={part === "rules" ? "edit" : "manageKeys"}>
            <Link
              to="/alerts"
              search={{ part, add: true }}
              state={OPENED_HERE}
              resetScroll={false}
              preload={false}
              className={buttonClasses("primary")}
            >
              <Plus aria-hidden className="size-4" />
              {add}
            </Link>
          </Permitted>
        )}
      </PageHead>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-muted">{t.alerts.lead}</p>
        <div>
          <SegmentLinks
            isNavigation
            label={t.alerts.partsLabel}
            segments={PARTS.map((one) => ({
              id: one,
              label: t.alerts.parts[one],
              to: "/alerts",
              search: { part: one },
              isChosen: one === part,
            }))}
          />
        </div>
        {children}
      </div>
    </PageBody>
  );
}
