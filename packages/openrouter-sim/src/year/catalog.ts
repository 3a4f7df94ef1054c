export interface CatalogModel {
  /** The dated canonical slug that bills and analytics carry. */
  readonly permaslug: string;
  readonly slug: string;
  readonly name: string;
  readonly provider: string;
  /** Nano-dollars per token. */
  readonly prompt: number;
  readonly completion: number;
  readonly cached: number;
  readonly contextLength: number;
  readonly reasons: boolean;
}

type Line = [permaslug: string, name: string, provider: string, prompt: number, completion: number, cached: number];

const LINES: readonly Line[] = [
  ["anthropic/claude-sonnet-4.5", "Anthropic: Claude Sonnet 4.5", "Anthropic", 3000, 15000, 300],
  ["anthropic/claude-haiku-4.5", "Anthropic: Claude Haiku 4.5", "Anthropic", 1000, 5000, 100],
  ["openai/gpt-5-2025-08-07", "OpenAI: GPT-5", "OpenAI", 1250, 10000, 125],
  ["openai/gpt-5-mini-2025-08-07", "OpenAI: GPT-5 Mini", "OpenAI", 250, 2000, 25],
  ["openai/gpt-4.1-mini-2025-04-14", "OpenAI: GPT-4.1 Mini", "Azure", 400, 1600, 100],
  ["google/gemini-2.5-flash", "Google: Gemini 2.5 Flash", "Google", 300, 2500, 75],
  ["google/gemini-2.5-pro", "Google: Gemini 2.5 Pro", "Google AI Studio", 1250, 10000, 310],
  ["deepseek/deepseek-chat-v3.1", "DeepSeek: DeepSeek V3.1", "DeepInfra", 270, 1000, 216],
  ["qwen/qwen3-coder", "Qwen: Qwen3 Coder 480B A35B", "Fireworks", 450, 1800, 450],
  ["qwen/qwen3-235b-a22b-07-25", "Qwen: Qwen3 235B A22B Instruct 2507", "Together", 78, 312, 78],
  ["moonshotai/kimi-k2-0905", "MoonshotAI: Kimi K2 0905", "Groq", 1000, 3000, 500],
  ["mistralai/mistral-small-3.2-24b-instruct-2506", "Mistral: Mistral Small 3.2 24B", "Mistral", 60, 180, 60],
  ["z-ai/glm-4.6", "Z.AI: GLM 4.6", "Z.AI", 500, 1750, 110],
  ["deepseek/deepseek-r1-0528:free", "DeepSeek: R1 0528 (free)", "Chutes", 0, 0, 0],
  ["meta-llama/llama-3.3-70b-instruct:free", "Meta: Llama 3.3 70B Instruct (free)", "Together", 0, 0, 0],
];

export const CATALOG: readonly CatalogModel[] = LINES.map(
  ([permaslug, name, provider, prompt, completion, cached]) => ({
    permaslug,
    slug: slugOf(permaslug),
    name,
    provider,
    prompt,
    completion,
    cached,
    contextLength: permaslug.startsWith("google/") ? 1_048_576 : 200_000,
    reasons: /gpt-5|2\.5-pro|-r1|glm/.test(permaslug),
  }),
);

/** The slug of a permaslug: the date falls off, a variant such as `:free` stays. */
export function slugOf(permaslug: string): string {
  return permaslug.replace(/-\d{4}-\d{2}-\d{2}(?=$|:)/, "");
}

export function catalogModel(permaslug: string): CatalogModel {
  const model = CATALOG.find((candidate) => candidate.permaslug === permaslug);
  if (!model) throw new Error(`Not in the catalogue: ${permaslug}`);
  return model;
}
