import { LANGUAGES } from "../src/languages.ts";
import type { ParamKind } from "../src/schema/params.ts";
import { listShapes, type MessageShape, type ParamShape } from "../src/schema/shapes.ts";
import { argumentsOf, type Catalogs, flatten, type Use } from "./catalogs.ts";

/** Uses that make sense for a kind; an id is for links alone. */
const USES: Record<ParamKind, Use[]> = {
  id: [],
  name: ["plain"],
  names: ["plain"],
  text: ["plain"],
  texts: ["plain"],
  nanos: ["plain"],
  count: ["plural", "number"],
  integer: ["plain"],
  number: ["plain"],
  percent: ["plain"],
  day: ["plain"],
  days: ["plain"],
  instant: ["plain"],
  choice: ["select"],
  message: ["plain"],
  messages: ["plain"],
  variant: ["select"],
};

/** Arguments that the renderer adds for grammar; no entry needs them. */
function helpersOf(name: string, { kind, isNullable }: ParamShape): string[] {
  return [
    ...(isNullable ? [`has_${name}`] : []),
    ...(kind === "day" || kind === "instant" || kind === "percent" ? [`${name}_elides`] : []),
    ...(kind === "texts" ? [`${name}_any`] : []),
    ...(kind === "day" ? [`${name}_month`, `${name}_weekday`] : []),
  ];
}

/** Parameters as arguments of an entry: the fields of a variant are separate arguments. */
function argumentShapes(params: Map<string, ParamShape>): Map<string, ParamShape> {
  const shapes = new Map<string, ParamShape>();
  for (const [name, shape] of params) {
    shapes.set(name, { ...shape, choices: [...shape.choices, ...shape.variants.map(({ kind }) => kind)] });
    for (const { fields } of shape.variants) for (const [field, inner] of fields) shapes.set(`${name}_${field}`, inner);
  }
  return shapes;
}

/** All missing, superfluous and incorrectly used arguments, one line each. */
export function checkCatalogs(catalogs: Catalogs): string[] {
  const problems: string[] = [];
  const shapes = listShapes();
  const english = catalogs.en ?? {};
  const tags = LANGUAGES.map(({ tag }) => tag as string);
  for (const tag of tags) if (!catalogs[tag]) problems.push(`catalogs/${tag}: missing; src/languages.ts names it`);
  for (const tag of Object.keys(catalogs))
    if (!tags.includes(tag)) problems.push(`catalogs/${tag}: add the language to src/languages.ts`);
  for (const { part, code } of shapes)
    if (!english[part]?.[code]) problems.push(`catalogs/en/${part}.json: ${code} is missing`);
  for (const [language, parts] of Object.entries(catalogs)) {
    for (const part of new Set([...Object.keys(english), ...Object.keys(parts)])) {
      const place = `catalogs/${language}/${part}.json`;
      if (!english[part]) problems.push(`${place}: English has no such file`);
      if (!parts[part]) problems.push(`${place}: missing`);
      const references = flatten(english[part] ?? {});
      const sources = flatten(parts[part] ?? {});
      for (const code of references.keys())
        if (parts[part] && !sources.has(code)) problems.push(`${place}: ${code} is missing`);
      for (const [code, source] of sources) {
        const where = `${place}: ${code}`;
        const reference = references.get(code);
        if (reference === undefined) problems.push(`${where} is not in the English catalog`);
        else problems.push(...checkEntry(where, source, { reference, declared: declaredIn(shapes, part, code) }));
      }
    }
  }
  return problems;
}

/** Arguments by the schema; `null` for a text of the catalog alone, whose arguments are those of the English one. */
function declaredIn(shapes: MessageShape[], part: string, code: string): Map<string, ParamShape> | null {
  if (!shapes.some((shape) => shape.part === part)) return null;
  return argumentShapes(shapes.find((shape) => shape.code === code)?.params ?? new Map());
}

function checkEntry(
  where: string,
  source: string,
  { reference, declared }: { reference: string; declared: Map<string, ParamShape> | null },
): string[] {
  let used: ReturnType<typeof argumentsOf>;
  try {
    used = argumentsOf(source);
  } catch (error) {
    return [`${where}: ${(error as Error).message.split("\n")[0]}`];
  }
  if (declared === null) {
    const expected = argumentsOf(reference);
    return [
      ...[...used.keys()].filter((name) => !expected.has(name)).map((name) => `${where}: {${name}} is superfluous`),
      ...[...expected.keys()].filter((name) => !used.has(name)).map((name) => `${where}: {${name}} is missing`),
    ];
  }
  const problems: string[] = [];
  const helpers = new Set([...declared].flatMap(([name, param]) => helpersOf(name, param)));
  for (const [name, { uses, cases }] of used) {
    const param = declared.get(name);
    if (!param) {
      if (!helpers.has(name)) problems.push(`${where}: {${name}} is superfluous`);
      continue;
    }
    for (const use of uses)
      if (!USES[param.kind].includes(use))
        problems.push(`${where}: {${name}} is a ${param.kind} and cannot be used as ${use}`);
    if (param.choices.length === 0) continue;
    for (const one of cases)
      if (one !== "other" && !param.choices.includes(one))
        problems.push(`${where}: {${name}} is never "${one}", only ${param.choices.join(", ")}`);
  }
  for (const [name, { kind }] of declared) {
    const isUsed = used.has(name) || [...used.keys()].some((one) => one.startsWith(`${name}_`));
    if (kind !== "id" && !isUsed) problems.push(`${where}: {${name}} is missing`);
  }
  return problems;
}
