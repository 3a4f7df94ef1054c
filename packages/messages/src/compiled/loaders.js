// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
export const LOADERS = {
  en: {
    account: () => import("./en/account.js"),
    alerts: () => import("./en/alerts.js"),
    audit: () => import("./en/audit.js"),
    common: () => import("./en/common.js"),
    deliveries: () => import("./en/deliveries.js"),
    digest: () => import("./en/digest.js"),
    errors: () => import("./en/errors.js"),
    issues: () => import("./en/issues.js"),
    jobs: () => import("./en/jobs.js"),
    keys: () => import("./en/keys.js"),
    sending: () => import("./en/sending.js"),
  },
  it: {
    account: () => import("./it/account.js"),
    alerts: () => import("./it/alerts.js"),
    audit: () => import("./it/audit.js"),
    common: () => import("./it/common.js"),
    deliveries: () => import("./it/deliveries.js"),
    digest: () => import("./it/digest.js"),
    errors: () => import("./it/errors.js"),
    issues: () => import("./it/issues.js"),
    jobs: () => import("./it/jobs.js"),
    keys: () => import("./it/keys.js"),
    sending: () => import("./it/sending.js"),
  },
};
