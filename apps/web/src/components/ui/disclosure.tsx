import { type ReactNode, useEffect, useRef, useState } from "react";

interface DisclosureProps {
  /** Receives what the button needs; `label` and look are the caller's. */
  button: (props: { "aria-expanded": boolean; onClick: () => void }) => ReactNode;
  children: (close: () => void) => ReactNode;
  /** Where the panel hangs, as classes. */
  place: string;
  className?: string;
}

/** A button with a small floating panel: Escape, a click outside and leaving by Tab close it. */
export function Disclosure({ button, children, place, className = "" }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    function onPointer(event: PointerEvent) {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    }
    function onKey(event: KeyboardEvent) {
      if (event.key !== "Escape") return;
      setOpen(false);
      root.current?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
    }
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  }, [isOpen]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the focus leave
    <div
      ref={root}
      className={`relative ${className}`}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      {button({ "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) })}
      {isOpen && (
        <div
          className={`absolute z-40 animate-appear rounded-panel border border-line bg-surface p-3 shadow-float ${place}`}
        >
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
