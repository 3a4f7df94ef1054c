import { Popover } from "radix-ui";
import { type ReactNode, type RefObject, useRef } from "react";

interface PopoverPanelProps {
  anchor: RefObject<HTMLButtonElement | null>;
  label: string;
  className: string;
  side?: "top" | "bottom" | undefined;
  align?: "start" | "end" | undefined;
  onClose: () => void;
  children: ReactNode;
}

/** The open panel of a `Popover`. The button is no Radix trigger: presses on it and returning the focus to it are handled here. */
export function PopoverPanel({ anchor, label, className, side, align = "end", onClose, children }: PopoverPanelProps) {
  const isLeft = useRef(false);
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          side={side}
          align={align}
          sideOffset={8}
          collisionPadding={{ top: 8, bottom: 8, left: 16, right: 16 }}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault();
            else isLeft.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!isLeft.current) anchor.current?.focus();
          }}
          className={`z-40 max-h-(--radix-popover-content-available-height) animate-appear overflow-y-auto rounded-panel border border-line bg-surface p-3 shadow-float outline-none ${className}`}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
