import { useId } from "react";

interface CheckFieldProps {
  label: string;
  hint: string;
  isChecked: boolean;
  isDisabled?: boolean;
  onChange: (isChecked: boolean) => void;
}

/** A checkbox with a line about what it does. */
export function CheckField({ label, hint, isChecked, isDisabled = false, onChange }: CheckFieldProps) {
  const id = useId();
  return (
    <div>
      <label
        className={`flex min-h-6 items-start gap-2.5 pointer-coarse:items-center ${isDisabled ? "text-muted" : ""}`}
      >
        <input
          type="checkbox"
          aria-describedby={id}
          className="mt-0.5 size-4 pointer-coarse:mt-0 shrink-0 accent-accent"
          checked={isChecked}
          disabled={isDisabled}
          onChange={({ target }) => onChange(target.checked)}
        />
        {label}
      </label>
      <p id={id} className="mt-1 ml-6.5 pointer-coarse:-mt-1.5 text-caption text-muted">
        {hint}
      </p>
    </div>
  );
}
