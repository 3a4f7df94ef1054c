import { useEffect } from "react";
import { AccountFrame } from "../../components/account-frame.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { reportBack } from "../../lib/browser/provider-tab.ts";
import { useSay, useTexts } from "../../lib/i18n/i18n.ts";

/** Where a tab ends that another page has opened for the sign-in provider. */
export function ReturnedPage({ error }: { error: string | undefined }) {
  const t = useTexts("access");
  const say = useSay();
  const { doneTitle, doneLead, failedTitle, failedLead } = t.access.provider;
  useEffect(() => {
    if (error === undefined) reportBack();
  }, [error]);
  return (
    <AccountFrame title={error ? failedTitle : doneTitle} lead={error ? failedLead : doneLead}>
      {error && (
        <Notice tone="bad" role="alert">
          {say({ code: error, params: {} })}
        </Notice>
      )}
    </AccountFrame>
  );
}
