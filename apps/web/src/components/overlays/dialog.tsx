import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface ModalProps {
  title: string;
  lead?: ReactNode;
  onClose: () => void;
  /** Not closed by a click outside. */
  isAlert?: boolean;
  children: ReactNode;
}

/** `data-autofocus` and not `autoFocus`: the latter moves the focus before the dialog notes where it came from. */
function focusMarked(event: Event) {
  const marked = event.currentTarget instanceof Element ? event.currentTarget.querySelector("[data-autofocus]") : null;
  if (!(marked instanceof HTMLElement)) return;
  event.preventDefault();
  marked.focus();
}

/** The element that opened the dialog may no longer exist, such as the row of a deleted key. */
export function giveBack(opener: Element | null) {
  const target = opener?.isConnected && opener !== document.body ? opener : document.getElementById("main");
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}

/** Open while it is rendered. Focuses the first field. Escape closes it. */
export function Modal({ title, lead, onClose, isAlert = false, children }: ModalProps) {
  const t = useTexts("common");
  const [opener] = useState(() => document.activeElement);

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          role={isAlert ? "alertdialog" : "dialog"}
          className="fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[92dvh] w-full max-w-lg animate-appear flex-col gap-4 overflow-y-auto rounded-t-xl bg-surface p-5 shadow-float sm:top-[8dvh] sm:bottom-auto sm:max-h-[84dvh] sm:rounded-xl sm:p-6"
          onInteractOutside={isAlert ? (event) => event.preventDefault() : undefined}
          onOpenAutoFocus={focusMarked}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBack(opener);
          }}
          {...(lead ? {} : { "aria-describedby": undefined })}
        >
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="text-title font-semibold tracking-tight break-words min-w-0">{title}</Dialog.Title>
            <Dialog.Close
              aria-label={t.common.close}
              className="order-last flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken"
            >
              <X aria-hidden className="size-4" />
            </Dialog.Close>
          </div>
          {lead && (
            <Dialog.Description asChild>
              <div className="text-muted">{lead}</div>
            </Dialog.Description>
          )}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
