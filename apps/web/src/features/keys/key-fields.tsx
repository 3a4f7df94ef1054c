import type { AnyFieldApi } from "@tanstack/react-form";
import { TextField } from "../../components/forms/field.tsx";
import { textProps } from "../../components/forms/form.tsx";
import { TextArea } from "../../components/forms/more-fields.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function KeyName({ field }: { field: AnyFieldApi }) {
  const t = useTexts("keys");
  return (
    <TextField
      {...textProps(field)}
      data-autofocus
      label={t.keys.form.name}
      required
      dir="auto"
      maxLength={100}
      autoComplete="off"
    />
  );
}

export function KeyDescription({ field }: { field: AnyFieldApi }) {
  const t = useTexts("keys");
  return (
    <TextArea
      {...textProps(field)}
      label={t.keys.form.description}
      note={t.common.optional}
      dir="auto"
      maxLength={500}
      rows={2}
    />
  );
}
