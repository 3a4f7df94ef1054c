import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { type Measure, type Value, writeExact, writeValue } from "./measure.ts";

/** Rounded on the screen; the exact value on hover, in copies and in `data-exact`. */
export function ExactValue({ value, measure }: { value: Value; measure: Pick<Measure, "unit"> }) {
  const t = useTexts("common");
  const format = useFormat();
  return (
    <span data-exact={value ?? "null"} title={value === null ? t.common.unknown : writeExact(value, measure, format)}>
      {writeValue(value, measure, format)}
    </span>
  );
}
