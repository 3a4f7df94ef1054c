import { z } from "zod";
import { PARTS } from "./index.ts";
import type { ParamKind } from "./params.ts";

/** Schema of one parameter. */
export interface ParamShape {
  kind: ParamKind;
  isNullable: boolean;
  /** Values of a choice. */
  choices: string[];
  /** Of a variant: its other fields, by `kind`. */
  variants: { kind: string; fields: Map<string, ParamShape> }[];
}

export interface MessageShape {
  part: string;
  code: string;
  params: Map<string, ParamShape>;
}

/** Every message with its parameters, in the order of the schema: for the checks of the catalogs and for tests. */
export function listShapes(): MessageShape[] {
  return Object.entries(PARTS).flatMap(([part, entries]) =>
    entries.map((entry) => {
      const code = entry.shape.code.value;
      return { part, code, params: paramsOf(entry.shape.params.shape, code) };
    }),
  );
}

const paramsOf = (fields: z.core.$ZodShape, where: string): Map<string, ParamShape> =>
  new Map(Object.entries(fields).map(([name, field]) => [name, shapeOf(field as z.ZodType, `${where}.${name}`)]));

function shapeOf(declared: z.ZodType, where: string): ParamShape {
  const outer = declared instanceof z.ZodDefault ? (declared.unwrap() as z.ZodType) : declared;
  const isNullable = outer instanceof z.ZodNullable;
  const field = isNullable ? (outer.unwrap() as z.ZodType) : outer;
  const kind = field.meta()?.kind as ParamKind | undefined;
  if (!kind) throw new Error(`${where} is of no kind of schema/params.ts`);
  const choices = field instanceof z.ZodEnum ? field.options.map(String) : [];
  const variants = field instanceof z.ZodDiscriminatedUnion ? field.options.map((one) => variantOf(one, where)) : [];
  return { kind, isNullable, choices, variants };
}

function variantOf(option: z.core.$ZodType, where: string): ParamShape["variants"][number] {
  if (!(option instanceof z.ZodObject)) throw new Error(`${where} has a variant that is no object`);
  const { kind, ...fields } = option.shape;
  if (!(kind instanceof z.ZodLiteral)) throw new Error(`${where} has a variant without a literal kind`);
  return { kind: String(kind.value), fields: paramsOf(fields, where) };
}
