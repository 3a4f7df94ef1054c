import { type ComponentProps, lazy, type ReactNode, Suspense, useRef, useState } from "react";

// Radix and its positioning are 10 kB that most visits do not need: loaded on hover or focus of the button.
const loadPanel = () => import("./popover-panel.tsx");
const PopoverPanel = lazy(() => loadPanel().then(({ PopoverPanel }) => ({ default: PopoverPanel })));

interface PopoverProps extends Omit<ComponentProps<"button">, "children"> {
  /** What the panel is, for screen readers. */
  label: string;
  /** Content of the button. */
  trigger: ReactNode;
  /** Classes of the panel, such as its width. */
  panel: string;
  side?: "top" | "bottom";
  align?: "start" | "end";
  onOpen?: (() => void) | undefined;
  children: (close: () => void) => ReactNode;
}

/** A button with a small floating panel: Escape and a press outside close it. */
export function Popover({ label, trigger, panel, side, align, onOpen, children, ...button }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);

  function prepare() {
    onOpen?.();
    return loadPanel();
  }

  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={() => void prepare().catch(() => {})}
        onFocus={() => void loadPanel().catch(() => {})}
        // If the file cannot be loaded, the banner says that the server is unreachable.
        onClick={() =>
          isOpen
            ? close()
            : prepare().then(
                () => setOpen(true),
                () => {},
              )
        }
        {...button}
      >
        {trigger}
      </button>
      {isOpen && (
        <Suspense>
          <PopoverPanel anchor={anchor} label={label} className={panel} side={side} align={align} onClose={close}>
            {children(close)}
          </PopoverPanel>
        </Suspense>
      )}
    </>
  );
}
