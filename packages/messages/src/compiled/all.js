// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import en_account from "./en/account.js";
import en_accounts from "./en/accounts.js";
import en_alerts from "./en/alerts.js";
import en_audit from "./en/audit.js";
import en_common from "./en/common.js";
import en_deliveries from "./en/deliveries.js";
import en_digest from "./en/digest.js";
import en_errors from "./en/errors.js";
import en_issues from "./en/issues.js";
import en_jobs from "./en/jobs.js";
import en_keys from "./en/keys.js";
import en_sending from "./en/sending.js";
import en_teams from "./en/teams.js";
import it_account from "./it/account.js";
import it_accounts from "./it/accounts.js";
import it_alerts from "./it/alerts.js";
import it_audit from "./it/audit.js";
import it_common from "./it/common.js";
import it_deliveries from "./it/deliveries.js";
import it_digest from "./it/digest.js";
import it_errors from "./it/errors.js";
import it_issues from "./it/issues.js";
import it_jobs from "./it/jobs.js";
import it_keys from "./it/keys.js";
import it_sending from "./it/sending.js";
import it_teams from "./it/teams.js";

/** Every language in full, for the server. */
export const CATALOGS = {
  en: { ...en_account, ...en_accounts, ...en_alerts, ...en_audit, ...en_common, ...en_deliveries, ...en_digest, ...en_errors, ...en_issues, ...en_jobs, ...en_keys, ...en_sending, ...en_teams },
  it: { ...it_account, ...it_accounts, ...it_alerts, ...it_audit, ...it_common, ...it_deliveries, ...it_digest, ...it_errors, ...it_issues, ...it_jobs, ...it_keys, ...it_sending, ...it_teams },
};
