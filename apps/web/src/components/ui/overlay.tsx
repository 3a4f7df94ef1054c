import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { giveBack } from "./dialog.tsx";

interface OverlayProps {
  label: string;
  onClose: () => void;
  /** Runs when the focus is back where it was: a dialog that it opens returns it there. */
  onClosed?: () => void;
  children: ReactNode;
}

/** A dialog that says by its content what it is. Open as long as it is rendered; Escape and a press beside it close it. */
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
