import type { LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useRef } from "react";

interface MenuItem {
  label: string;
  Icon: LucideIcon;
  onSelect: () => void;
  isDanger?: boolean;
  disabled?: boolean;
}

export function Menu({ trigger, items }: { trigger: ReactNode; items: MenuItem[] }) {
  const chosen = useRef<(() => void) | null>(null);

  // An action runs after the focus has returned to the button, so that a dialog it opens returns the focus there.
  function runChosen() {
    const run = chosen.current;
    chosen.current = null;
    if (run) setTimeout(run);
  }

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        onCloseAutoFocus={runChosen}
        className="z-40 min-w-48 animate-appear rounded-panel border border-line bg-surface p-1 shadow-float"
      >
        {items.map(({ label, Icon, onSelect, isDanger = false, disabled = false }) => (
          <DropdownMenu.Item
            key={label}
            disabled={disabled}
            onSelect={() => {
              chosen.current = onSelect;
            }}
            className={`flex h-8 cursor-default items-center gap-2.5 rounded-[5px] px-2.5 outline-none data-disabled:opacity-60 data-highlighted:bg-sunken ${isDanger ? "text-bad" : ""}`}
          >
            <Icon aria-hidden className={`size-4 ${isDanger ? "" : "text-muted"}`} />
            {label}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
