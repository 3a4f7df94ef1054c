import { type ReactNode, useEffect, useRef, useState } from "react";

interface DisclosureProps {
  /** Receives what the button needs; `label` and look are the caller's. */
  button: (props: { "aria-expanded": boolean; onClick: () => void }) => ReactNode;
  children: (close: () => void) => ReactNode;
  /** Where the panel hangs, as classes. */
  place: string;
  className?: string;
}

const GAP = 8;
/** Below its button a panel has at least this much room, or it goes to the top of the window. */
const LEAST_ROOM = 280;

/** A panel that stands still while the page scrolls must be in the window as a whole: on a phone held sideways it scrolls itself. */
function keepInWindow(panel: HTMLElement | null) {
  if (!panel || getComputedStyle(panel).position !== "fixed") return;
  const room = window.innerHeight - panel.getBoundingClientRect().top - GAP;
  panel.style.overflowY = "auto";
  panel.style.maxHeight = `${room < LEAST_ROOM ? window.innerHeight - 2 * GAP : room}px`;
  if (room < LEAST_ROOM) Object.assign(panel.style, { top: `${GAP}px`, marginTop: "0" });
}

/** A button with a small floating panel: Escape, pressing outside and moving the focus away by keyboard close it. */
export function Disclosure({ button, children, place, className = "" }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  /** Pressing a label or a gap moves the focus to an ancestor: only focus moved by keyboard means leaving. */
  const isByPointer = useRef(false);

  useEffect(() => {
    if (!isOpen) return;
    function onPointer(event: PointerEvent) {
      isByPointer.current = true;
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    }
    function onKey(event: KeyboardEvent) {
      isByPointer.current = false;
      if (event.key !== "Escape") return;
      setOpen(false);
      root.current?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
    }
    // Capturing: before the focus moves, and whatever the page stops on its way.
    document.addEventListener("pointerdown", onPointer, true);
    document.addEventListener("keydown", onKey, true);
    return () => {
      document.removeEventListener("pointerdown", onPointer, true);
      document.removeEventListener("keydown", onKey, true);
    };
  }, [isOpen]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the focus leave
    <div
      ref={root}
      className={`relative ${className}`}
      onBlur={(event) => {
        if (isByPointer.current) return;
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      {button({ "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) })}
      {isOpen && (
        <div
          // Pressed anywhere, the panel keeps the focus: Tab goes on from here.
          tabIndex={-1}
          ref={keepInWindow}
          className={`absolute z-40 animate-appear outline-none rounded-panel border border-line bg-surface p-3 shadow-float ${place}`}
        >
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
