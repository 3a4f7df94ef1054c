import { PasswordField } from "./password-field.tsx";
import { PasswordRules } from "./password-rules.tsx";

interface NewPasswordFieldsProps<N extends string> {
  /** Field of the password and of its repetition, as the server calls them. */
  names: readonly [password: N, repeated: N];
  labels: Record<N, string>;
  values: Record<N, string>;
  errors: Partial<Record<N, string>>;
  onValue: (name: N, value: string) => void;
}

/** A new password, with its rules as they are met, and once more. */
export function NewPasswordFields<N extends string>({
  names,
  labels,
  values,
  errors,
  onValue,
}: NewPasswordFieldsProps<N>) {
  return names.map((name, index) => (
    <PasswordField
      key={name}
      label={labels[name]}
      name={name}
      autoComplete="new-password"
      value={values[name]}
      onValue={(value) => onValue(name, value)}
      error={errors[name]}
      hint={index === 0 && <PasswordRules password={values[name]} />}
    />
  ));
}
