// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  account_keys_found: (d) => plural(d.keys, 0, it, { one: number("it", d.keys, 0) + " chiave trovata", other: number("it", d.keys, 0) + " chiavi trovate" }) + " in " + plural(d.workspaces, 0, it, { one: number("it", d.workspaces, 0) + " workspace", other: number("it", d.workspaces, 0) + " workspace" }),
  account_key_found: (d) => "Nuova chiave “" + d.key + "”" + select(d.has_workspace, { yes: " nel workspace “" + d.workspace + "”", other: "" }),
  account_key_renamed: (d) => "Chiave “" + d.before + "” rinominata in “" + d.key + "”",
  account_key_disabled: (d) => "Chiave “" + d.key + "” disattivata su OpenRouter",
  account_key_enabled: (d) => "Chiave “" + d.key + "” attivata su OpenRouter",
  account_key_moved: (d) => "Chiave “" + d.key + "” spostata dal workspace “" + d.before + "” a “" + d.workspace + "”",
  account_key_limit_changed: (d) => "Limite della chiave “" + d.key + "” cambiato da " + select(d.has_before, { yes: d.before, other: "nessuno" }) + " a " + select(d.has_limit, { yes: d.limit, other: "nessuno" }),
  account_key_deleted: (d) => "Chiave “" + d.key + "” eliminata su OpenRouter",
  account_key_restored: (d) => "La chiave “" + d.key + "” è di nuovo su OpenRouter",
  account_usage_reduced: (d) => "OpenRouter ha corretto i consumi della chiave “" + d.key + "” (" + d.days + "): " + d.amount + " in meno",
  account_key_changed: (d) => d.account + ": " + d.change,
  account_too_many_keys: (d) => "Questo account ha più di " + plural(d.limit, 0, it, { one: number("it", d.limit, 0) + " chiave", other: number("it", d.limit, 0) + " chiavi" }) + ". Le chiavi trovate per prime restano come sono; le altre non sono elencate e i loro consumi risultano “Non attribuiti a una chiave”.",
  account_not_listed: (d) => "Non è stato possibile elencare le chiavi di questo account. " + d.cause,
  account_workspaces_not_listed: (d) => "Non è stato possibile elencare i workspace di questo account: sono elencate solo le chiavi di quello predefinito e i consumi delle altre risultano “Non attribuiti a una chiave”. " + d.cause,
  account_total_not_read: (d) => "Non è stato possibile leggere il totale di questo account: possono mancare consumi recenti che non sono di chiavi monitorate. " + d.cause,
  account_without_management_key: () => "Per questo account non è salvata alcuna chiave di gestione funzionante. Aggiungine una per sincronizzarne le chiavi.",
  account_management_key_turned_off: () => "La chiave di gestione di questo account è disattivata. Attivala per sincronizzare le chiavi dell'account.",
  key_disabled: () => "Questa chiave è disattivata su OpenRouter.",
  key_expired_at: (d) => "Questa chiave è scaduta " + select(d.at_elides, { yes: "l’", other: "il " }) + d.at + "."
}
