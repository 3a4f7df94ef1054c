import { CircleAlert, CircleCheck, X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";

type Tone = "good" | "bad";
type Announce = (message: string, tone?: Tone) => void;

const AnnounceContext = createContext<Announce>(() => {});

/** Shows the result of an action in the corner and announces it to screen readers. */
export const useAnnounce = (): Announce => useContext(AnnounceContext);

const SHOWN_MS = 8000;

export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const t = useTexts("common");
  const [said, setSaid] = useState<{ message: string; tone: Tone; id: number } | null>(null);
  const announce = useCallback<Announce>((message, tone = "good") => setSaid({ message, tone, id: Date.now() }), []);

  useEffect(() => {
    if (said?.tone !== "good") return;
    const timer = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <AnnounceContext value={announce}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-4 bottom-20 z-50 flex justify-center sm:bottom-6 sm:justify-end"
        aria-live="polite"
      >
        {said && (
          <div
            key={said.id}
            className="pointer-events-auto flex max-w-lg animate-appear items-start gap-3 rounded-panel border border-line bg-surface p-3 shadow-float"
          >
            {said.tone === "good" ? (
              <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
            ) : (
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
            )}
            <p>{said.message}</p>
            <button
              type="button"
              aria-label={t.common.dismiss}
              className="-m-1 flex size-7 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken"
              onClick={() => setSaid(null)}
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
        )}
      </div>
    </AnnounceContext>
  );
}
