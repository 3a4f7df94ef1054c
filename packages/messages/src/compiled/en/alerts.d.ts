// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  spend_above_threshold: (args: { scope: string; scope_name: string | number; scope_count: number; period: string; from: string | number; from_month: string | number; spent: string | number; threshold: string | number }) => string;
  spend_unusual: (args: { scope: string; scope_name: string | number; scope_count: number; day_weekday: string | number; day: string | number; spent: string | number; has_times: string; times: string | number; usual: string | number }) => string;
  key_limit_share: (args: { key: string | number; percent: string | number; resets: string; limit: string | number; remaining: string | number }) => string;
  key_limit_exceeded: (args: { key: string | number; percent: string | number; resets: string; limit: string | number; exceeded_by: string | number }) => string;
  credits_below: (args: { key: string | number; remaining: string | number; threshold: string | number }) => string;
  key_rejected: (args: { key: string | number; has_cause: string; cause: string | number }) => string;
  key_expires: (args: { key: string | number; days: number; expires_at: string | number }) => string;
  key_expired: (args: { key: string | number; expired_at: string | number }) => string;
  key_sync_stale: (args: { key: string | number; hours: number; has_synced_at: string; synced_at: string | number; has_cause: string; cause: string | number }) => string;
  key_limit_share_resolved: (args: { key: string | number; threshold: string | number; percent: string | number; limit: string | number }) => string;
  key_limit_removed: (args: { key: string | number }) => string;
  credits_resolved: (args: { key: string | number; remaining: string | number; threshold: string | number }) => string;
  key_rejected_resolved: (args: { key: string | number }) => string;
  key_expires_resolved: (args: { key: string | number; days: number }) => string;
  key_sync_stale_resolved: (args: { key: string | number }) => string;
  key_sync_warning: (args: { key: string | number; cause: string | number }) => string;
  rule_key_deleted: (args: { rule: string | number; key: string | number; remaining: string }) => string;
  notifications_over_daily_limit: (args: { count: number; limit: number }) => string;
  items_omitted: (args: { count: number }) => string;
  items_title: (args: { counts: string | number; has_names: string; names: string | number; more: string }) => string;
  alert_count: (args: { count: number }) => string;
  resolved_count: (args: { count: number }) => string;
  rule_key_deleted_count: (args: { count: number }) => string;
  database_damaged_title: () => string;
  database_damaged_notice: () => string;
};
export default catalog;
