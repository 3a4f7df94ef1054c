import { KINDS } from "./compiled/kinds.js";
import type { Format } from "./format.ts";
import type { AnyMessage } from "./message.ts";

/** Compiled entries by code, called with formatted arguments. */
export type Catalog = Readonly<Record<string, (args: never) => string>>;

type Argument = string | number;

/** Deeper messages are truncated. */
const MAX_DEPTH = 4;

/**
 * Renders a message in the language of a catalog. Amounts, days and instants are formatted; names and texts are not changed. A code
 * that the catalog does not have becomes its neutral sentence.
 */
export function renderMessage(
  { code, params }: AnyMessage,
  say: { catalog: Catalog; format: Format },
  depth = 0,
): string {
  const { catalog } = say;
  const known = Object.hasOwn(catalog, code) && depth <= MAX_DEPTH ? code : "unknown_message";
  const write = catalog[known] as ((args: Record<string, Argument>) => string) | undefined;
  if (!write) throw new Error(`The catalog part "common" is not loaded: it has no ${known}.`);
  return write(argumentsOf(code, params, (message) => renderMessage(message, say, depth + 1), say.format));
}

function argumentsOf(
  code: string,
  params: AnyMessage["params"],
  render: (message: AnyMessage) => string,
  format: Format,
): Record<string, Argument> {
  const kinds: Readonly<Record<string, string>> = Object.hasOwn(KINDS, code) ? (KINDS[code] ?? {}) : {};
  const args: Record<string, Argument> = {};
  for (const [name, value] of Object.entries(params))
    addArgument(args, name, { kind: kinds[name], value, render, format });
  distinguish(params, kinds, args, format);
  return args;
}

function addArgument(
  args: Record<string, Argument>,
  name: string,
  {
    kind,
    value,
    ...say
  }: { kind: string | undefined; value: unknown; render: (message: AnyMessage) => string; format: Format },
): void {
  const { format } = say;
  args[`has_${name}`] = value === null ? "no" : "yes";
  if (value === null) {
    args[name] = "";
    return;
  }
  switch (kind) {
    case "nanos":
      args[name] = format.money(nanosOf(value));
      break;
    case "percent":
      args[name] = format.percent(value as number);
      args[`${name}_elides`] = elides(value as number);
      break;
    case "number":
      args[name] = format.number(value as number);
      break;
    case "day":
      args[name] = format.day(value as string);
      args[`${name}_month`] = format.month(value as string);
      args[`${name}_weekday`] = format.weekday(value as string);
      args[`${name}_elides`] = elides(Number((value as string).slice(8)));
      break;
    case "days":
      args[name] = format.list((value as string[]).map(format.day));
      break;
    case "instant":
      args[name] = format.instant(value as string);
      args[`${name}_elides`] = elides(Number.parseInt(args[name], 10));
      break;
    case "message":
      args[name] = say.render(value as AnyMessage);
      break;
    case "messages":
      args[name] = format.list((value as AnyMessage[]).map(say.render));
      break;
    case "texts":
      args[name] = format.list(value as string[]);
      args[`${name}_any`] = format.anyOf(value as string[]);
      break;
    case "names":
      args[name] = (value as string[]).map((one) => `“${one}”`).join(", ");
      break;
    case "variant": {
      const { kind: chosen, ...fields } = value as { kind: string };
      args[name] = chosen;
      for (const [field, inner] of Object.entries(fields))
        addArgument(args, `${name}_${field}`, { kind: undefined, value: inner, ...say });
      break;
    }
    default:
      args[name] = value as Argument;
  }
}

/** Different amounts that would look the same are shown with all digits: "$10.00, above $10.00" is unclear. */
function distinguish(
  params: AnyMessage["params"],
  kinds: Readonly<Record<string, string>>,
  args: Record<string, Argument>,
  format: Format,
): void {
  const amounts = Object.keys(args).filter((name) => kinds[name] === "nanos" && params[name] !== null);
  for (const one of amounts)
    if (amounts.some((other) => params[other] !== params[one] && format.money(nanosOf(params[other])) === args[one]))
      args[one] = format.exactMoney(nanosOf(params[one]));
}

const nanosOf = (value: unknown): bigint => BigInt(value as string);

/** Whether Italian elides the article before a number that is read out: l'8, l'11, l'85%; il 12. */
const elides = (value: number): "yes" | "no" => (/^(8|11(?!\d)|11$)/.test(String(value)) ? "yes" : "no");
