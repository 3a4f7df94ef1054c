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

/** The part of zod's schema definition that is used. */
interface Field {
  def: { type: string; innerType?: Field; entries?: Record<string, string>; options?: Field[]; values?: string[] };
  shape?: Record<string, Field>;
  meta(): { kind?: ParamKind } | undefined;
}

/** Every message with its parameters, in the order of the schema: for the checks of the catalogs and for tests. */
export function listShapes(): MessageShape[] {
  return Object.entries(PARTS).flatMap(([part, entries]) =>
    entries.map((entry) => {
      const code = entry.shape.code.value;
      return { part, code, params: paramsOf(entry.shape.params.shape as unknown as Record<string, Field>, code) };
    }),
  );
}

const paramsOf = (fields: Record<string, Field>, where: string): Map<string, ParamShape> =>
  new Map(Object.entries(fields).map(([name, field]) => [name, shapeOf(field, `${where}.${name}`)]));

function shapeOf(outer: Field, where: string): ParamShape {
  const isNullable = outer.def.type === "nullable";
  const field = isNullable && outer.def.innerType ? outer.def.innerType : outer;
  const kind = field.meta()?.kind;
  if (!kind) throw new Error(`${where} is of no kind of schema/params.ts`);
  const variants = (field.def.options ?? []).map(({ shape = {} }) => {
    const { kind: tag, ...fields } = shape;
    return { kind: tag?.def.values?.[0] ?? "", fields: paramsOf(fields, where) };
  });
  return { kind, isNullable, choices: Object.values(field.def.entries ?? {}), variants };
}
