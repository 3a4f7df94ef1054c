// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  account_keys_found: (args: { keys: number; workspaces: number }) => string;
  account_key_found: (args: { key: string | number; has_workspace: string; workspace: string | number }) => string;
  account_key_renamed: (args: { before: string | number; key: string | number }) => string;
  account_key_disabled: (args: { key: string | number }) => string;
  account_key_enabled: (args: { key: string | number }) => string;
  account_key_moved: (args: { key: string | number; before: string | number; workspace: string | number }) => string;
  account_key_limit_changed: (args: { key: string | number; has_before: string; before: string | number; has_limit: string; limit: string | number }) => string;
  account_key_deleted: (args: { key: string | number }) => string;
  account_key_restored: (args: { key: string | number }) => string;
  account_usage_reduced: (args: { key: string | number; days: string | number; amount: string | number }) => string;
  account_key_changed: (args: { account: string | number; change: string | number }) => string;
  account_too_many_keys: (args: { limit: number }) => string;
  account_not_listed: (args: { cause: string | number }) => string;
  account_workspaces_not_listed: (args: { cause: string | number }) => string;
  account_total_not_read: (args: { cause: string | number }) => string;
  account_without_management_key: () => string;
  account_management_key_turned_off: () => string;
  key_disabled: () => string;
  key_expired_at: (args: { at: string | number }) => string;
};
export default catalog;
