import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Overlay } from "../../components/ui/overlay.tsx";
import { useShortcuts } from "../../lib/browser/shortcuts.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { matching } from "./match.ts";
import { type Command, useCommandList } from "./palette-commands.ts";
import type { PanelProps } from "./panel.ts";

/** A field over a list: the focus stays in the field, the arrows move through the list, Enter does it. */
export function Palette({ onClose, onOpen }: PanelProps) {
  const t = useTexts("palette");
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const all = useCommandList(() => onOpen("shortcuts"));
  const found = matching(all, typed, ({ label, group }) => `${label} ${group}`);
  const idOf = (index: number) => `${id}-${index}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: whichever is active must be in sight
  useEffect(() => {
    list.current?.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest" });
  }, [active, typed]);

  // Closed first: what a command opens notes where the focus is to return to.
  function run(command: Command | undefined) {
    if (!command) return;
    onClose();
    setTimeout(command.run);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    if (event.key === "Enter") run(found[active]);
    else if (step === undefined || found.length === 0) return;
    else if (Math.abs(step) === 1) setActive((active + step + found.length) % found.length);
    else setActive(Math.max(0, Math.min(found.length - 1, active + step)));
    event.preventDefault();
  }

  return (
    <Overlay label={t.palette.title} onClose={onClose}>
      <div className="flex max-h-[80dvh] flex-col">
        <div className="flex items-center gap-3 border-b border-line px-4">
          <Search aria-hidden className="size-4 shrink-0 text-muted" />
          <input
            // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
            autoFocus
            role="combobox"
            aria-label={t.palette.field}
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={found.length > 0 ? idOf(active) : undefined}
            placeholder={t.palette.field}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
            className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-muted"
          />
        </div>
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={t.palette.title}
          // Pressed beside an option too, the focus stays in the field.
          onMouseDown={(event) => event.preventDefault()}
          className="min-h-24 overflow-y-auto overscroll-contain p-2"
        >
          {[...new Set(found.map(({ group }) => group))].map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, which no element is
            <div key={group} role="group" aria-label={group}>
              <div aria-hidden className="px-2 pt-2 pb-1 text-caption text-muted">
                {group}
              </div>
              {found.map((command, index) => {
                if (command.group !== group) return null;
                return (
                  <Option
                    key={command.label}
                    id={idOf(index)}
                    command={command}
                    isActive={index === active}
                    onPoint={() => setActive(index)}
                    onChoose={() => run(command)}
                  />
                );
              })}
            </div>
          ))}
          {found.length === 0 && <p className="p-4 text-center text-muted">{t.palette.none}</p>}
        </div>
        <p role="status" className="sr-only">
          {typed ? t.palette.found({ count: found.length }) : ""}
        </p>
      </div>
    </Overlay>
  );
}

interface OptionProps {
  id: string;
  command: Command;
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Option({ id, command: { label, Icon, hint }, isActive, onPoint, onChoose }: OptionProps) {
  const hasShortcuts = useShortcuts();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard
    // biome-ignore lint/a11y/useFocusableInteractive: as above, the focus stays in the field
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      onPointerMove={isActive ? undefined : onPoint}
      onClick={onChoose}
      className="flex h-9 cursor-default items-center gap-3 rounded-control px-2 aria-selected:bg-accent-soft"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 truncate" title={label}>
        {label}
      </span>
      {hint && hasShortcuts && (
        <kbd aria-hidden className="ml-auto font-sans text-caption text-muted">
          {hint}
        </kbd>
      )}
    </div>
  );
}
