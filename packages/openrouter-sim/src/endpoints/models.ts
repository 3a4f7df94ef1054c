import { type Answer, json } from "../server/answers.ts";
import { type Context, wholeNumber } from "../server/context.ts";
import { CATALOG, type CatalogModel } from "../year/catalog.ts";

/** GET /models: no key needed. */
export function listModels(context: Context): Answer {
  const offset = wholeNumber(context, "offset", 0);
  const limit = wholeNumber(context, "limit", 500, 1000);
  const more = offset + limit < CATALOG.length;
  const next = more ? `/api/v1/models?offset=${offset + limit}&limit=${limit}` : null;
  const data = CATALOG.slice(offset, offset + limit).map(modelObject);
  return json({ data, total_count: CATALOG.length, links: { next } });
}

function modelObject(model: CatalogModel): Record<string, unknown> {
  return {
    id: model.slug,
    canonical_slug: model.permaslug,
    hugging_face_id: null,
    name: model.name,
    created: 1_754_524_800,
    description: model.name,
    context_length: model.contextLength,
    architecture: {
      modality: "text->text",
      input_modalities: ["text"],
      output_modalities: ["text"],
      tokenizer: "Other",
      instruct_type: null,
    },
    pricing: {
      prompt: perToken(model.prompt),
      completion: perToken(model.completion),
      input_cache_read: perToken(model.cached),
      request: "0",
      image: "0",
      web_search: "0",
      internal_reasoning: "0",
    },
    top_provider: { context_length: model.contextLength, max_completion_tokens: 65_536, is_moderated: false },
    per_request_limits: null,
    supported_parameters: ["max_tokens", "temperature", "tools"],
    supported_voices: null,
    default_parameters: null,
    expiration_date: null,
    knowledge_cutoff: null,
    links: { details: `/api/v1/models/${model.permaslug}/endpoints` },
  };
}

/** Prices are decimal texts without exponent. */
function perToken(nanos: number): string {
  if (nanos === 0) return "0";
  return `0.${String(nanos).padStart(9, "0")}`.replace(/0+$/, "");
}
