import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { giveBack } from "./dialog.tsx";

interface OverlayProps {
  label: string;
  onClose: () => void;
  /** Called after the focus has returned, so that a dialog it opens returns the focus there. */
  onClosed?: () => void;
  children: ReactNode;
}

/** A dialog without a title. Open while it is rendered. Escape and a click outside close it. */
export function Overlay({ label, onClose, onClosed, children }: OverlayProps) {
  const [opener] = useState(() => document.activeElement);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          className="fixed inset-x-0 top-[10dvh] z-40 mx-auto max-h-[80dvh] w-[calc(100%-2rem)] max-w-lg animate-appear overflow-hidden rounded-xl border border-line bg-surface text-ink shadow-float outline-none"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBack(opener);
            onClosed?.();
          }}
          aria-describedby={undefined}
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
