import { ArrowBigUpDash, Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type KeyboardEvent, useState } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { TextField } from "./field.tsx";

interface PasswordFieldProps extends ComponentProps<typeof TextField> {
  autoComplete: "current-password" | "new-password";
}

export function PasswordField({ hint, ...rest }: PasswordFieldProps) {
  const t = useTexts("account");
  const [isShown, setShown] = useState(false);
  const [isCaps, setCaps] = useState(false);
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState("CapsLock"));
  const Icon = isShown ? EyeOff : Eye;

  return (
    <TextField
      type={isShown ? "text" : "password"}
      required
      maxLength={128}
      autoCapitalize="none"
      spellCheck={false}
      onKeyDown={watchCaps}
      onKeyUp={watchCaps}
      onBlur={() => setCaps(false)}
      trailing={
        <button
          type="button"
          aria-label={isShown ? t.account.hidePassword : t.account.showPassword}
          onClick={() => setShown(!isShown)}
          className="flex size-7 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
        >
          <Icon aria-hidden className="size-4" />
        </button>
      }
      hint={
        (isCaps || hint) && (
          <>
            {isCaps && (
              <span role="status" className="mb-1 flex items-center gap-1 text-table text-warn">
                <ArrowBigUpDash aria-hidden className="size-4" />
                {t.account.capsLock}
              </span>
            )}
            {hint}
          </>
        )
      }
      {...rest}
    />
  );
}
