import type { Account, LedgerKey } from "../ledger/types.ts";
import { type Answer, ApiError, json } from "../server/answers.ts";
import { type Context, isUuid, requireManagementKey, timestamp, wholeNumber } from "../server/context.ts";
import { counterFields, limitFields } from "./key.ts";

/** GET /keys: a page of the workspace's keys, newest first. */
export function listKeys(context: Context): Answer {
  const account = requireAccount(context);
  const { ledger, options } = context;
  const offset = wholeNumber(context, "offset", 0);
  const workspaceId = workspaceOf(context, account);
  if (workspaceId !== null && options.deniedWorkspaces.includes(workspaceId))
    throw new ApiError(403, "You do not have access to this workspace");
  const includeDisabled = context.query.include_disabled === "true";
  const page = ledger
    .keysOf(account.id)
    .filter((key) => key.kind === "inference" || (key.kind === "management" && options.managementKeysInList))
    .filter((key) => !key.deleted && (includeDisabled || !key.disabled))
    .filter((key) => workspaceId === null || key.workspaceId === workspaceId)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.numericId - a.numericId)
    .slice(offset, offset + options.keysPageSize);
  return json({ data: page.map((key) => keyObject(context, account, key)) });
}

/** GET /keys/{hash}: any workspace of the account. */
export function getOneKey(context: Context): Answer {
  const account = requireAccount(context);
  const key = context.ledger.findKey(context.params[0] ?? "");
  const shown = key?.kind === "inference" || (key?.kind === "management" && context.options.managementKeysInList);
  if (!key || !shown || key.deleted || key.accountId !== account.id) throw new ApiError(404, "Resource not found");
  return json({ data: keyObject(context, account, key) });
}

function requireAccount(context: Context): Account {
  const status = context.options.keysDenialStatus;
  const message = status === 401 ? "Invalid management key" : "Only management keys can perform this operation";
  return requireManagementKey(context, status, message);
}

/** null: all of them. */
function workspaceOf(context: Context, account: Account): string | null {
  const asked = context.query.workspace_id;
  if (asked === undefined || asked === "") {
    return context.options.defaultWorkspaceOnly ? account.defaultWorkspaceId : null;
  }
  const known = context.ledger.workspacesOf(account.id).some((workspace) => workspace.id === asked);
  if (!isUuid(asked) || !known) throw new ApiError(400, "Invalid request parameters: workspace_id");
  return asked;
}

function keyObject(context: Context, account: Account, key: LedgerKey): Record<string, unknown> {
  const body: Record<string, unknown> = {
    hash: key.hash,
    name: key.name,
    label: key.label,
    disabled: key.disabled,
    ...limitFields(context, key),
    ...counterFields(context, key),
    created_at: timestamp(context, key.createdAt),
    updated_at: key.updatedAt ? timestamp(context, key.updatedAt) : null,
    expires_at: key.expiresAt ? timestamp(context, key.expiresAt) : null,
    creator_user_id: account.userId,
    external_user: null,
    workspace_id: key.workspaceId,
  };
  if (context.options.unknownFields) body.color = "blue";
  return body;
}
