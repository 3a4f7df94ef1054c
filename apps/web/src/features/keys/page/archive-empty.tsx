import { Link } from "@tanstack/react-router";
import { buttonClasses } from "../../../components/ui/button.tsx";
import { Permitted } from "../../../components/ui/permitted.tsx";
import type { KeyPageData } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";

interface ArchiveEmptyProps {
  page: KeyPageData;
  title: string;
  /** Why there is nothing yet, if it is being collected. */
  body: string;
  isCollected: boolean;
}

/** In place of hours or providers that are not known. */
export function ArchiveEmpty({ page: { key, account }, title, body, isCollected }: ArchiveEmptyProps) {
  const t = useTexts("key");
  const isCovered = key.managed_by !== null;
  const isOff = isCovered && account !== null && !isCollected;
  return (
    <div className="flex min-h-48 flex-col items-center justify-center gap-2 px-4 pt-2 pb-6 text-center">
      <p className="font-medium">{title}</p>
      <p className="max-w-prose text-table text-muted">
        {!isCovered ? t.key.archive.uncovered : isOff ? t.key.archive.off({ account: account.name }) : body}
      </p>
      {!isCovered && (
        <Permitted to="manageKeys">
          <Link to="/accounts" search={{ add: true }} preload={false} className={buttonClasses()}>
            {t.key.archive.add}
          </Link>
        </Permitted>
      )}
      {isOff && (
        <Link to="/accounts" search={{ id: account.id }} preload={false} className={buttonClasses()}>
          {t.key.archive.account}
        </Link>
      )}
    </div>
  );
}
