import { Link } from "@tanstack/react-router";
import { BellPlus, ChevronRight, ExternalLink } from "lucide-react";
import { useState } from "react";
import { RangePicker } from "../../../components/filters/range-picker.tsx";
import { buttonClasses } from "../../../components/ui/button.tsx";
import { Pill, type PillTone } from "../../../components/ui/pill.tsx";
import { Ago, useNow } from "../../../components/ui/values.tsx";
import { usePermission } from "../../../lib/api/permission.ts";
import type { KeyPageData } from "../../../lib/api/trpc.ts";
import { useTexts, useWords } from "../../../lib/i18n/i18n.ts";
import type { KeySearch } from "../../../lib/search/keys-search.ts";
import { DeleteKeyDialog } from "../delete-key-dialog.tsx";
import { EditKeyDialog } from "../edit-key-dialog.tsx";
import { KeyActions } from "../key-actions.tsx";
import { describeKind, describeState, type KeyState } from "../key-facts.ts";

const OPENROUTER_KEYS = "https://openrouter.ai/settings/keys";

const TONES: Record<KeyState["tone"], PillTone> = {
  good: "good",
  open: "warn",
  warn: "warn",
  bad: "bad",
  off: "quiet",
};

/** Name, status and origin of the key, and what can be done with it. */
export function KeyHead({ page: { key, manager }, search }: { page: KeyPageData; search: KeySearch }) {
  const t = useTexts("key", "keys");
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const close = () => setDialog(null);
  const mayEdit = usePermission("edit");
  const state = describeState(key, { ...useWords("keys"), now: useNow() });
  const managers = manager ? [{ ...manager, kind: "management" as const }] : [];
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4 sm:py-5">
      <title>{`${key.name} · ${t.common.app}`}</title>
      <div className="mr-auto min-w-0 max-w-full">
        <nav aria-label={t.key.trail} className="print:hidden">
          <ol className="flex items-center gap-1 text-table text-muted">
            <li>
              <Link
                to="/keys"
                search={{}}
                className="row-link -my-1 inline-block text-muted no-underline hover:underline"
              >
                {t.common.nav.keys}
              </Link>
            </li>
            <li aria-hidden>
              <ChevronRight className="size-3.5" />
            </li>
          </ol>
        </nav>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 dir="auto" className="min-w-0 text-title font-semibold tracking-tight wrap-anywhere">
            {key.name}
          </h1>
          <Pill tone={TONES[state.tone]}>{state.label}</Pill>
        </div>
        <p className="flex flex-wrap gap-x-1.5 text-table text-muted [&>:not(:last-child)]:after:ml-1.5 [&>:not(:last-child)]:after:content-['·']">
          <span>
            <code className="font-mono text-caption">{key.label}</code>
          </span>
          {key.workspace !== null && <span dir="auto">{key.workspace}</span>}
          <span>{key.has_secret ? t.key.stored : t.key.discovered}</span>
          <span dir="auto">{describeKind(key, managers, { t })}</span>
          {key.last_synced_at !== null && (
            <span>
              {t.key.synced} <Ago instant={key.last_synced_at} />
            </span>
          )}
        </p>
        {state.detail && <p className="max-w-prose text-table">{state.detail}</p>}
        {key.description && (
          <p dir="auto" className="max-w-prose text-table text-muted wrap-anywhere">
            {key.description}
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-1.5 sm:gap-2">
        <RangePicker search={search} />
        {key.kind !== "management" && mayEdit && (
          <Link
            to="/alerts"
            search={{ part: "rules", add: true, key: key.id }}
            preload={false}
            className={buttonClasses()}
          >
            <BellPlus aria-hidden className="size-4 text-muted max-sm:hidden" />
            {t.key.newRule}
          </Link>
        )}
        <a href={OPENROUTER_KEYS} target="_blank" rel="noreferrer" className={buttonClasses()}>
          {t.key.openRouter}
          <ExternalLink aria-hidden className="size-4 text-muted max-sm:hidden" />
        </a>
        <KeyActions watched={key} onEdit={() => setDialog("edit")} onDelete={() => setDialog("delete")} />
      </div>
      {dialog === "edit" && <EditKeyDialog watched={key} onClose={close} />}
      {dialog === "delete" && <DeleteKeyDialog watched={key} onClose={close} />}
    </header>
  );
}
