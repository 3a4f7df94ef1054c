import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { useAnnounce } from "./announcer.tsx";
import { buttonClasses } from "./button.tsx";

interface CopyButtonProps {
  value: string;
  /** What is copied, for screen readers. */
  what: string;
  variant?: Parameters<typeof buttonClasses>[0];
  onCopied?: () => void;
}

const TICK_MS = 2500;

export function CopyButton({ value, what, variant = "secondary", onCopied }: CopyButtonProps) {
  const t = useTexts("common");
  const [isCopied, setCopied] = useState(false);
  const announce = useAnnounce();
  const Icon = isCopied ? Check : Copy;

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), TICK_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy() {
    if (!(await copyText(value))) return announce(t.common.notCopied, "bad");
    setCopied(true);
    onCopied?.();
  }

  return (
    <button
      type="button"
      aria-label={t.common.copyItem({ item: what })}
      className={buttonClasses(variant)}
      onClick={copy}
    >
      <Icon aria-hidden className={`size-4 ${variant === "primary" ? "" : isCopied ? "text-good" : "text-muted"}`} />
      {/* Both words keep their room: the button does not change its size. */}
      <span className="grid text-left">
        <span className={`col-start-1 row-start-1 ${isCopied ? "invisible" : ""}`}>{t.common.copy}</span>
        <span role="status" className="col-start-1 row-start-1">
          {isCopied ? t.common.copied : ""}
        </span>
      </span>
    </button>
  );
}

/** Resolves to false if the browser does not allow it. Over plain http there is no clipboard API, so an invisible field is used. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByField(text);
  }
}

function copyByField(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "fixed top-0 opacity-0";
  // Within an open dialog, because the focus must not leave it.
  (before?.closest("[role='dialog'], [role='alertdialog']") ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
