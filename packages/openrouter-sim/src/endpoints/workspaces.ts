import { uuidFrom } from "../ledger/identity.ts";
import { type Answer, ApiError, json } from "../server/answers.ts";
import { type Context, requireManagementKey, timestamp, wholeNumber } from "../server/context.ts";

/** GET /workspaces */
export function listWorkspaces(context: Context): Answer {
  const account = requireManagementKey(
    context,
    context.options.workspacesDenialStatus,
    context.options.workspacesDenialStatus === 401
      ? "Invalid management key"
      : "Only management keys can perform this operation",
  );
  const offset = wholeNumber(context, "offset", 0);
  const limit = wholeNumber(context, "limit", 50, 100);
  if (limit === 0) throw new ApiError(400, "Invalid request parameters: limit");
  const all = context.ledger.workspacesOf(account.id);
  const data = all.slice(offset, offset + limit).map((workspace) => ({
    id: workspace.id,
    name: workspace.name,
    slug: workspace.slug,
    description: null,
    created_at: timestamp(context, workspace.createdAt),
    updated_at: null,
    created_by: account.userId,
    default_guardrail_id: uuidFrom(`${workspace.id}:guardrail`),
    default_text_model: null,
    default_image_model: null,
    default_provider_sort: null,
    include_byok_in_budgets: false,
    io_logging_api_key_ids: null,
    io_logging_sampling_rate: 1,
    is_data_discount_logging_enabled: false,
    is_observability_broadcast_enabled: false,
    is_observability_io_logging_enabled: false,
  }));
  return json({ data, total_count: all.length });
}
