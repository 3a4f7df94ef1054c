/** A number as typed: its plain decimal form, the two readings it may have, or `null` for no number. */
type ReadNumber = { plain: string } | { readings: [decimal: string, whole: string] } | null;

/** Group separator and decimal mark of a format. */
export interface Marks {
  group: string;
  decimal: string;
}

const GROUPED_BY_SPACE = /^\d{1,3}(?:[ '’]\d{3})+(?=[.,]|$)/;

/**
 * Parses a number without a sign in the notation of the page's language, or in any other unambiguous one: `1,000` is a thousand in
 * English, `1,5` is 1.5 everywhere. One decimal mark before exactly three digits may be a thousands separator of another language: then
 * both readings are returned.
 */
export function readNumber(typed: string, marks: Marks): ReadNumber {
  const written = typed.normalize("NFKC").trim();
  const bySpace = GROUPED_BY_SPACE.exec(written)?.[0];
  const value = bySpace ? bySpace.replace(/\D/g, "") + written.slice(bySpace.length) : written;
  const shape = value.replace(/\d+/g, "0");
  if (shape === "0") return { plain: value };
  if (/^0?[.,]0$/.test(shape)) return readOneMark(value, { marks, isDecimal: bySpace !== undefined });
  // Several marks: the first of two kinds is the group separator, and so is a repeated one.
  const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(value) || /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(value);
  if (!grouped) return null;
  const group = value.includes(".") && value.indexOf(".") < `${value},`.indexOf(",") ? "." : ",";
  return { plain: value.replaceAll(group, "").replace(",", ".") };
}

function readOneMark(value: string, { marks, isDecimal }: { marks: Marks; isDecimal: boolean }): ReadNumber {
  const mark = value.includes(".") ? "." : ",";
  const [whole = "", fraction = ""] = value.split(mark);
  const decimal = `${whole || "0"}.${fraction}`;
  const canGroup = !isDecimal && /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
  if (!canGroup) return { plain: decimal };
  return mark === marks.group ? { plain: whole + fraction } : { readings: [decimal, whole + fraction] };
}

/** Formats a decimal in this language so that it is parsed as the same number in every other. */
export function writeNumber(plain: string, { decimal }: Pick<Marks, "decimal">): string {
  const short = plain.replace(/(\.\d{2}\d*?)0+$/, "$1");
  const isDoubtful = /^[1-9]\d{0,2}\.\d{3}$/.test(short);
  return `${short}${isDoubtful ? "0" : ""}`.replace(".", decimal);
}

/** A whole number; `null` for anything else. */
export function readCount(typed: string, marks: Marks): number | null {
  const read = readNumber(typed, marks);
  return read && "plain" in read && /^\d{1,9}$/.test(read.plain) ? Number(read.plain) : null;
}
