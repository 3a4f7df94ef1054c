import { X } from "lucide-react";
import { Overlay } from "../../components/overlays/overlay.tsx";
import { COMMAND, RANGE_KEYS, useShortcuts } from "../../lib/browser/shortcuts.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { PanelProps } from "./palette-commands.ts";

/** All shortcuts. */
export function ShortcutList({ onClose }: PanelProps) {
  const t = useTexts("palette");
  const hasShortcuts = useShortcuts();
  const rows: { keys: string[]; does: string; isSingle?: boolean }[] = [
    { keys: [COMMAND, "K"], does: t.palette.list.palette },
    { keys: ["?"], does: t.palette.list.help, isSingle: true },
    ...Object.entries(RANGE_KEYS).map(([key, days]) => ({
      keys: [key],
      does: t.palette.list.range({ count: days }),
      isSingle: true,
    })),
    { keys: ["←", "→"], does: t.palette.list.chart },
    { keys: ["Shift", t.palette.list.click], does: t.palette.list.legend },
    { keys: ["Esc"], does: t.palette.list.close },
  ];
  return (
    <Overlay label={t.palette.shortcuts} onClose={onClose}>
      <div className="flex max-h-[80dvh] flex-col gap-4 overflow-y-auto p-5">
        <div className="flex items-center justify-between gap-4">
          <h2 className="text-title font-semibold tracking-tight">{t.palette.shortcuts}</h2>
          <button
            type="button"
            aria-label={t.common.close}
            onClick={onClose}
            className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2">
          {rows
            .filter(({ isSingle }) => hasShortcuts || !isSingle)
            .map(({ keys, does }) => (
              <div key={does} className="contents">
                <dt className="flex gap-1">
                  {keys.map((key) => (
                    <kbd
                      key={key}
                      className="flex h-6 min-w-6 items-center justify-center rounded-[5px] border border-line bg-sunken px-1.5 font-sans text-caption font-medium"
                    >
                      {key}
                    </kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
        </dl>
        <p className="text-table text-muted">{hasShortcuts ? t.palette.list.note : t.palette.list.off}</p>
      </div>
    </Overlay>
  );
}
