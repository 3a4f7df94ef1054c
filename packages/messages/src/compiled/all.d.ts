// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import type account from "./en/account.js";
import type accounts from "./en/accounts.js";
import type alerts from "./en/alerts.js";
import type audit from "./en/audit.js";
import type common from "./en/common.js";
import type deliveries from "./en/deliveries.js";
import type digest from "./en/digest.js";
import type errors from "./en/errors.js";
import type issues from "./en/issues.js";
import type jobs from "./en/jobs.js";
import type keys from "./en/keys.js";
import type sending from "./en/sending.js";
import type teams from "./en/teams.js";
import type { Language } from "../languages.ts";

export declare const CATALOGS: Record<Language, typeof account & typeof accounts & typeof alerts & typeof audit & typeof common & typeof deliveries & typeof digest & typeof errors & typeof issues & typeof jobs & typeof keys & typeof sending & typeof teams>;
