// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  open_orwatch: () => string;
  view_usage: () => string;
  more_items: (args: { count: number }) => string;
  change_emails: () => string;
  change_emails_in_app: () => string;
  stop_digest: () => string;
  account_email_reason: (args: { has_site: string; site: string | number }) => string;
  accept_invitation: () => string;
  invitation_email_reason: (args: { site: string | number }) => string;
  link_email_subject: (args: { kind: string }) => string;
  link_email_lead: (args: { kind: string; email: string | number; site: string | number; new_email: string | number }) => string;
  link_email_action: (args: { kind: string }) => string;
  link_email_expiry: (args: { minutes: number }) => string;
  link_email_ignore: (args: { kind: string }) => string;
};
export default catalog;
