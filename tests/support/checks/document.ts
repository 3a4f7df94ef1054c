import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

export const DOCUMENT_FILE = path.resolve(import.meta.dirname, "../../../apps/server/openapi.json");

export interface Parameter {
  name: string;
  in: "query" | "path" | "header";
  required?: boolean;
  description?: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON Schema
  schema: any;
  example?: unknown;
}
interface ResponseObject {
  headers?: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: JSON Schema
  content?: Record<string, { schema: any; example?: unknown }>;
}
export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: Record<string, string[]>[];
  deprecated?: boolean;
  "x-required-scope"?: string;
  parameters?: Parameter[];
  // biome-ignore lint/suspicious/noExplicitAny: JSON Schema
  requestBody?: { content: Record<string, { schema: any; example?: unknown }> };
  responses: Record<string, ResponseObject & { $ref?: string }>;
}
export interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: {
    headers: Record<string, { required?: boolean }>;
    responses: Record<string, ResponseObject>;
    // biome-ignore lint/suspicious/noExplicitAny: JSON Schema
    schemas: Record<string, any>;
  };
}

export const readDocument = (): Document => JSON.parse(readFileSync(DOCUMENT_FILE, "utf8"));

export interface SeenAnswer {
  method: string;
  /** Path and query. */
  target: string;
  status: number;
  headers: Headers;
  text: string;
}

/** Checks responses against a document: status, media type, headers and body. */
export function createAnswerCheck(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, "document");
  const places = Object.entries(document.paths).map(([template, item]) => ({
    template,
    item,
    pattern: new RegExp(`^${template.replace(/\{.+?\}/g, "[^/]+")}/?$`),
  }));
  const pointer = (...parts: string[]) =>
    `document#/${parts.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;

  function validate(where: string, value: unknown): string | null {
    const check = ajv.getSchema(where);
    if (!check) throw new Error(`no schema at ${where}`);
    return check(value) ? null : ajv.errorsText(check.errors, { dataVar: "body" });
  }

  /** Describes what is wrong with a response; `null` when nothing is. Paths outside the document must only have the error shape. */
  return (answer: SeenAnswer): string | null => {
    const { method, target, status, headers, text } = answer;
    const pathname = target.replace(/\?.*$/s, "");
    const verb = method === "HEAD" ? "get" : method.toLowerCase();
    const place = places.find(({ pattern }) => pattern.test(pathname));
    const operation = place?.item[verb];
    if (!place || !operation) {
      if (status < 400 || !pathname.startsWith("/api") || method === "HEAD") return null;
      return validate("document#/components/schemas/ApiError", JSON.parse(text));
    }
    const said = operation.responses[String(status)];
    if (!said) return `${status} is not documented`;
    const name = said.$ref?.split("/").at(-1);
    const response = name === undefined ? said : document.components.responses[name];
    if (!response) return `${said.$ref} is missing`;
    const isOptional = (header: string) =>
      (response.headers?.[header] as { required?: boolean } | undefined)?.required === false ||
      document.components.headers[header]?.required === false;
    const absent = Object.keys(response.headers ?? {}).filter((header) => !headers.has(header) && !isOptional(header));
    if (absent.length > 0) return `${status} lacks ${absent.join(", ")}`;
    if (!response.content) return text === "" ? null : `${status} has a body`;
    const type = headers.get("content-type")?.split(";")[0] ?? "";
    if (!response.content[type]) return `${status} has the media type ${type}`;
    if (method === "HEAD" || type !== "application/json") return null;
    const base =
      name === undefined
        ? ["paths", place.template, verb, "responses", String(status)]
        : ["components", "responses", name];
    return validate(pointer(...base, "content", type, "schema"), JSON.parse(text));
  };
}

let check: ReturnType<typeof createAnswerCheck> | null = null;

/** Throws when a response does not match the committed document. */
export function expectDocumented(answer: SeenAnswer): void {
  check ??= createAnswerCheck(readDocument());
  const problem = check(answer);
  if (problem !== null)
    throw new Error(`${answer.method} ${answer.target}: ${problem}\n${answer.status} ${answer.text.slice(0, 500)}`);
}
