import { Download } from "lucide-react";
import { useState } from "react";
import { Modal } from "../../components/overlays/dialog.tsx";
import { Button } from "../../components/ui/button.tsx";
import { CopyButton } from "../../components/ui/copy-button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** Saves text as a file, without a request to the server. */
function save(content: string, name: string) {
  const address = URL.createObjectURL(new Blob([content], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Shows the recovery codes once. Closing without having saved them requires confirmation. */
export function RecoveryCodes({ codes, email, onClose }: { codes: string[]; email: string; onClose: () => void }) {
  const t = useTexts("profile");
  const [isSaved, setSaved] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const all = `${codes.join("\n")}\n`;
  const leave = () => (isSaved || isWarned ? onClose() : setWarned(true));

  return (
    <Modal isAlert title={t.profile.codes.title} lead={t.profile.codes.lead} onClose={leave}>
      <ol
        aria-label={t.profile.codes.list}
        className="grid gap-x-6 gap-y-1 rounded-control border border-line bg-sunken p-3 font-mono text-table select-text sm:grid-cols-2"
        onCopy={() => setSaved(true)}
      >
        {codes.map((code) => (
          <li key={code} className="break-all">
            {code}
          </li>
        ))}
      </ol>
      <div role="status">{isWarned && !isSaved && <Notice tone="warn">{t.profile.codes.unsaved}</Notice>}</div>
      <div className="flex flex-wrap justify-end gap-2">
        <CopyButton value={all} what={t.profile.codes.list} onCopied={() => setSaved(true)} />
        <Button
          onClick={() => {
            save(`${t.profile.codes.file({ email })}\n\n${all}`, "orwatch_recovery_codes.txt");
            setSaved(true);
          }}
        >
          <Download aria-hidden className="size-4 text-muted" />
          {t.profile.codes.download}
        </Button>
        <Button data-autofocus variant="primary" onClick={leave}>
          {t.profile.codes.saved}
        </Button>
      </div>
    </Modal>
  );
}
