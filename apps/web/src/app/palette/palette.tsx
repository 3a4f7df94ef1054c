import { Command, useCommandState } from "cmdk";
import { Search } from "lucide-react";
import { useRef } from "react";
import { Overlay } from "../../components/overlays/overlay.tsx";
import { useShortcuts } from "../../lib/browser/shortcuts.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { matchWords } from "./lookup.ts";
import type { PanelProps } from "./palette-commands.ts";
import { type PaletteCommand, useCommandList } from "./palette-commands.ts";

/** A field over a list: the focus stays in the field, the arrows move through the list, Enter does it. */
export function Palette({ onClose, onOpen }: PanelProps) {
  const t = useTexts("palette");
  const commands = useCommandList(() => onOpen("shortcuts"));
  const chosen = useRef<PaletteCommand>(null);

  function choose(command: PaletteCommand) {
    chosen.current = command;
    onClose();
  }

  return (
    <Overlay label={t.palette.title} onClose={onClose} onClosed={() => chosen.current?.run()}>
      <Command
        loop
        label={t.palette.field}
        filter={matchWords}
        vimBindings={false}
        className="flex max-h-[80dvh] flex-col"
      >
        <div className="flex items-center gap-3 border-b border-line px-4">
          <Search aria-hidden className="size-4 shrink-0 text-muted" />
          <Command.Input
            placeholder={t.palette.field}
            className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-muted"
          />
        </div>
        <Command.List
          label={t.palette.title}
          // The focus stays in the field, even if you click beside a command.
          onMouseDown={(event) => event.preventDefault()}
          className="min-h-24 overflow-y-auto overscroll-contain p-2"
        >
          {[...new Set(commands.map(({ group }) => group))].map((group) => (
            <Command.Group
              key={group}
              heading={group}
              className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-caption **:[[cmdk-group-heading]]:text-muted"
            >
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <Item key={command.id ?? command.label} command={command} onChoose={() => choose(command)} />
                ))}
            </Command.Group>
          ))}
          <Command.Empty className="p-4 text-center text-muted">{t.palette.none}</Command.Empty>
        </Command.List>
        <Found />
      </Command>
    </Overlay>
  );
}

interface ItemProps {
  command: PaletteCommand;
  onChoose: () => void;
}

function Item({ command: { group, label, id, Icon, hint }, onChoose }: ItemProps) {
  const hasShortcuts = useShortcuts();
  return (
    <Command.Item
      value={id ?? label}
      keywords={[label, group]}
      onSelect={onChoose}
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
    </Command.Item>
  );
}

/** Number of matching commands, for screen readers. */
function Found() {
  const t = useTexts("palette");
  const count = useCommandState(({ search, filtered }) => (search ? filtered.count : null));
  return (
    <p role="status" className="sr-only">
      {count === null ? "" : t.palette.found({ count })}
    </p>
  );
}
