import { type ReactNode, useLayoutEffect, useRef } from "react";

interface OverlayProps {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** The browser's own dialog, where a form's weightier one is not needed: keeps the focus inside and gives it back; Escape closes. */
export function Overlay({ label, onClose, children }: OverlayProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  /** A press that begins inside and ends on the backdrop, as when text is selected, is none on the backdrop. */
  const isPressed = useRef(false);

  // Before it leaves the page: a dialog that is gone gives no focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it with Escape
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={() => !dialog.current?.open && onClose()}
      onPointerDown={(event) => {
        isPressed.current = event.target === dialog.current;
      }}
      onClick={(event) => event.target === dialog.current && isPressed.current && dialog.current?.close()}
      className="mx-auto mt-[10dvh] mb-auto max-h-[80dvh] w-[calc(100%-2rem)] max-w-lg animate-appear overflow-hidden rounded-xl border border-line bg-surface text-ink shadow-float backdrop:bg-scrim"
    >
      {children}
    </dialog>
  );
}
