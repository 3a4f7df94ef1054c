import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { ManagementLink } from "../../components/management-link.tsx";
import { buttonLook } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface FirstRunProps {
  hasKey: boolean;
  hasManagementKey: boolean;
  hasSpend: boolean;
}

/** From a new account to numbers in three steps, each ticked by what is there. */
export function FirstRun({ hasKey, hasManagementKey, hasSpend }: FirstRunProps) {
  const t = useTexts("usage");
  const done = [hasKey, hasManagementKey, hasSpend].filter(Boolean).length;
  return (
    <Panel
      title={t.usage.firstRun.title}
      aside={<span className="text-table text-muted">{t.usage.firstRun.progress({ done, steps: 3 })}</span>}
    >
      <ol className="divide-y divide-line border-t border-line">
        <Step number={1} isDone={hasKey} title={t.usage.firstRun.keyTitle} body={t.usage.firstRun.keyBody}>
          <Link to="/keys" search={{ add: true }} className={buttonLook("primary")}>
            {t.usage.firstRun.keyAction}
          </Link>
        </Step>
        <Step
          number={2}
          isDone={hasManagementKey}
          title={t.usage.firstRun.managementTitle}
          body={t.usage.firstRun.managementBody}
        >
          <ManagementLink>{t.usage.firstRun.managementLink}</ManagementLink>
          {hasKey && (
            <Link to="/keys" search={{ add: true }} className={buttonLook("primary")}>
              {t.usage.firstRun.managementAction}
            </Link>
          )}
        </Step>
        <Step number={3} isDone={hasSpend} title={t.usage.firstRun.spendTitle} body={t.usage.firstRun.spendBody} />
      </ol>
    </Panel>
  );
}

interface StepProps {
  number: number;
  isDone: boolean;
  title: string;
  body: string;
  children?: ReactNode;
}

function Step({ number, isDone, title, body, children }: StepProps) {
  const t = useTexts("usage");
  return (
    <li className="flex flex-wrap items-start gap-4 p-4">
      <span
        aria-hidden
        className={`flex size-7 shrink-0 items-center justify-center rounded-full text-table font-semibold ${isDone ? "bg-good-soft text-good" : "bg-sunken text-muted"}`}
      >
        {isDone ? <Check className="size-4" strokeWidth={2.5} /> : number}
      </span>
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="font-medium">
          {title} <span className="sr-only">({isDone ? t.usage.firstRun.done : t.usage.firstRun.open})</span>
        </h3>
        <p className="mt-0.5 max-w-prose text-muted">{body}</p>
      </div>
      {!isDone && children && <div className="flex flex-wrap items-center gap-4 max-sm:ml-11">{children}</div>}
    </li>
  );
}

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
      {hasManagementKey ? t.usage.costOnly.pending : t.usage.costOnly.body}{" "}
      {!hasManagementKey && <ManagementLink>{t.usage.firstRun.managementLink}</ManagementLink>}
    </Notice>
  );
}
