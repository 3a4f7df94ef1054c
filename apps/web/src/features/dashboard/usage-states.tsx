import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { buttonLook } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { MANAGEMENT_KEYS_URL } from "../../lib/links.ts";

export function CountersOnly({ hasManagementKey }: { hasManagementKey: boolean }) {
  const t = useTexts("usage");
  return (
    <Notice
      tone="info"
      title={t.usage.costOnly.title}
      action={
        !hasManagementKey && (
          <Link to="/keys" search={{ add: true }} className={buttonLook()}>
            {t.usage.costOnly.action}
          </Link>
        )
      }
    >
      {hasManagementKey ? t.usage.costOnly.pending : t.usage.costOnly.body} {!hasManagementKey && <ManagementLink />}
    </Notice>
  );
}

/** Where OpenRouter makes management keys; opens beside orwatch. */
export function ManagementLink() {
  const t = useTexts("usage");
  return (
    <a href={MANAGEMENT_KEYS_URL} target="_blank" rel="noreferrer" className="font-medium text-accent underline">
      {t.usage.firstRun.managementLink}
      <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-2px]" />
    </a>
  );
}
