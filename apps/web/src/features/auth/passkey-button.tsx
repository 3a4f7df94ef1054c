import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface PasskeyButtonProps {
  /** Asks for the passkey and uses it. */
  act: () => Promise<unknown>;
  /** Called with the error, or `null` when a new attempt begins. */
  onError: (error: unknown) => void;
}

export function PasskeyButton({ act, onError }: PasskeyButtonProps) {
  const t = useTexts("account");
  const [isBusy, setBusy] = useState(false);

  async function run() {
    setBusy(true);
    onError(null);
    try {
      await act();
    } catch (error) {
      onError(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button busy={isBusy} onClick={() => void run()}>
      {!isBusy && <KeyRound aria-hidden className="size-4 text-muted" />}
      {t.account.passkey.use}
    </Button>
  );
}
