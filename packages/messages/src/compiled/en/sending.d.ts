// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  open_orwatch: () => string;
  more_items: (args: { count: number }) => string;
  change_emails: () => string;
  change_emails_in_app: () => string;
  stop_digest: () => string;
  account_email_reason: (args: { has_site: string; site: string | number }) => string;
  accept_invitation: () => string;
  invitation_email_reason: (args: { site: string | number }) => string;
};
export default catalog;
