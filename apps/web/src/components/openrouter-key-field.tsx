import type { AnyFieldApi } from "@tanstack/react-form";
import * as z from "zod/mini";
import { codeOf } from "../lib/api/errors.ts";
import { useTexts } from "../lib/i18n/i18n.ts";
import { TextField } from "./forms/field.tsx";
import { textProps } from "./forms/form.tsx";
import { text } from "./forms/schemas.ts";

const PREFIX = "sk-or-v1-";

export const openRouterKey = text.check(z.startsWith(PREFIX, "prefix"));

/** Errors about the key are shown at its field. */
export const keyFieldOf = (error: unknown) =>
  ["BAD_REQUEST", "CONFLICT"].includes(codeOf(error) ?? "") ? "key" : null;

interface OpenRouterKeyFieldProps {
  field: AnyFieldApi;
  label: string;
  hint?: string;
}

/** Field for an OpenRouter key, ignored by password managers. */
export function OpenRouterKeyField({ field, label, hint }: OpenRouterKeyFieldProps) {
  const t = useTexts("connect");
  return (
    <TextField
      {...textProps(field)}
      label={label}
      type="password"
      required
      maxLength={300}
      autoComplete="off"
      data-1p-ignore
      data-lpignore="true"
      spellCheck={false}
      placeholder={`${PREFIX}…`}
      className="font-mono"
      hint={hint ?? t.connect.keyHint({ prefix: PREFIX })}
      errorTexts={{ prefix: t.connect.prefix({ prefix: PREFIX }) }}
    />
  );
}
