import { ChevronDown, KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { buttonLook } from "../../components/ui/button.tsx";
import { Disclosure } from "../../components/ui/disclosure.tsx";
import type { KeyName } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { KeyPicks, KeyPicksProps } from "./key-picks.tsx";

// Loaded when asked for: most visits never open it.
const loadPicks = () => import("./key-picks.tsx");

/** Which keys the page counts; none ticked means all. */
export function KeyFilter({ keys, selected = [] }: { keys: KeyName[]; selected: number[] | undefined }) {
  const t = useTexts("usage");
  const spenders = keys.filter(({ kind }) => kind !== "management");
  if (spenders.length < 2) return null;
  return (
    <Disclosure
      place="mt-2 max-sm:fixed max-sm:inset-x-4 sm:top-full sm:right-0 sm:w-64"
      button={(props) => (
        <button type="button" {...props} onPointerEnter={() => void loadPicks()} className={buttonLook()}>
          <KeyRound aria-hidden className="size-4 text-muted" />
          {selected.length === 0 ? t.usage.filters.allKeys : t.usage.filters.someKeys({ count: selected.length })}
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </button>
      )}
    >
      {() => <LatePicks keys={spenders} selected={selected} />}
    </Disclosure>
  );
}

/** Not `lazy`: a Suspense boundary would hold an empty panel for a third of a second. */
function LatePicks(props: KeyPicksProps) {
  const [Picks, setPicks] = useState<typeof KeyPicks | null>(null);
  useEffect(() => {
    void loadPicks().then((loaded) => setPicks(() => loaded.KeyPicks));
  }, []);
  return Picks ? <Picks {...props} /> : <div className="h-40" />;
}
