import type { ReactNode } from "react";
import { TextField } from "../../components/forms/field.tsx";
import { TextArea } from "../../components/forms/more-fields.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface Values {
  name: string;
  description: string;
}

interface KeyFieldsProps {
  values: Values;
  errors: { name?: string | undefined; description?: string | undefined };
  onValues: (values: Values) => void;
  /** Stands between the two. */
  children?: ReactNode;
}

/** What a person may say of a key. */
export function KeyFields({ values, errors, onValues, children }: KeyFieldsProps) {
  const t = useTexts("keys");
  return (
    <>
      <TextField
        data-autofocus
        label={t.keys.form.name}
        required
        dir="auto"
        maxLength={100}
        autoComplete="off"
        value={values.name}
        onChange={(event) => onValues({ ...values, name: event.target.value })}
        error={errors.name}
      />
      {children}
      <TextArea
        label={t.keys.form.description}
        note={t.common.optional}
        dir="auto"
        maxLength={500}
        rows={2}
        value={values.description}
        onChange={(event) => onValues({ ...values, description: event.target.value })}
        error={errors.description}
      />
    </>
  );
}
