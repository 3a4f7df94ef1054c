// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  spend_above_threshold: (d) => "Spesa " + select(d.scope, { key: "della chiave “" + d.scope_name + "”", all: "di tutte le chiavi", other: plural(d.scope_count, 0, it, { one: "di " + number("it", d.scope_count, 0) + " chiave", other: "di " + number("it", d.scope_count, 0) + " chiavi" }) }) + " " + select(d.period, { day: select(d.from_elides, { yes: "dell’", other: "del " }) + d.from, week: "nella settimana " + select(d.from_elides, { yes: "dell’", other: "del " }) + d.from, other: "di " + d.from_month }) + ": " + d.spent + ", sopra la soglia di " + d.threshold + ".",
  spend_unusual: (d) => "Spesa " + select(d.scope, { key: "della chiave “" + d.scope_name + "”", all: "di tutte le chiavi", other: plural(d.scope_count, 0, it, { one: "di " + number("it", d.scope_count, 0) + " chiave", other: "di " + number("it", d.scope_count, 0) + " chiavi" }) }) + " di " + d.day_weekday + " " + d.day + ": " + d.spent + ", " + select(d.has_times, { yes: d.times + " volte la spesa abituale di " + d.usual, other: "mentre di solito non c’è spesa" }) + ".",
  key_limit_share: (d) => "La chiave “" + d.key + "” ha usato " + select(d.percent_elides, { yes: "l’", other: "il " }) + d.percent + " del suo limite " + select(d.resets, { daily: "giornaliero ", weekly: "settimanale ", monthly: "mensile ", other: "" }) + "di " + d.limit + " (restano " + d.remaining + ").",
  key_limit_exceeded: (d) => "La chiave “" + d.key + "” ha usato " + select(d.percent_elides, { yes: "l’", other: "il " }) + d.percent + " del suo limite " + select(d.resets, { daily: "giornaliero ", weekly: "settimanale ", monthly: "mensile ", other: "" }) + "di " + d.limit + " (superato di " + d.exceeded_by + ").",
  credits_below: (d) => "Crediti dell’account “" + d.key + "”: restano " + d.remaining + ", sotto la soglia di " + d.threshold + ".",
  key_rejected: (d) => "OpenRouter non accetta più la chiave “" + d.key + "”." + select(d.has_cause, { yes: " " + d.cause, other: "" }),
  key_expires: (d) => "La chiave “" + d.key + "” scade " + plural(d.days, 0, it, { "0": "entro un giorno", one: "tra " + number("it", d.days, 0) + " giorno", other: "tra " + number("it", d.days, 0) + " giorni" }) + ", " + select(d.expires_at_elides, { yes: "l’", other: "il " }) + d.expires_at + ".",
  key_expired: (d) => "La chiave “" + d.key + "” è scaduta " + select(d.expired_at_elides, { yes: "l’", other: "il " }) + d.expired_at + ".",
  key_sync_stale: (d) => "La chiave “" + d.key + "” non si sincronizza da almeno " + plural(d.hours, 0, it, { one: number("it", d.hours, 0) + " ora", other: number("it", d.hours, 0) + " ore" }) + select(d.has_synced_at, { yes: " (ultima sincronizzazione: " + d.synced_at + ")", other: "" }) + "." + select(d.has_cause, { yes: " " + d.cause, other: "" }),
  key_limit_share_resolved: (d) => "La chiave “" + d.key + "” è di nuovo sotto " + select(d.threshold_elides, { yes: "l’", other: "il " }) + d.threshold + " del suo limite: usato " + select(d.percent_elides, { yes: "l’", other: "il " }) + d.percent + " di " + d.limit + ".",
  key_limit_removed: (d) => "La chiave “" + d.key + "” non ha più un limite.",
  credits_resolved: (d) => "Crediti dell’account “" + d.key + "” di nuovo a " + d.remaining + ", non più sotto la soglia di " + d.threshold + ".",
  key_rejected_resolved: (d) => "OpenRouter accetta di nuovo la chiave “" + d.key + "”.",
  key_expires_resolved: (d) => "La chiave “" + d.key + "” non scade più entro " + plural(d.days, 0, it, { one: number("it", d.days, 0) + " giorno", other: number("it", d.days, 0) + " giorni" }) + ".",
  key_sync_stale_resolved: (d) => "La chiave “" + d.key + "” si sincronizza di nuovo.",
  key_sync_warning: (d) => "Chiave “" + d.key + "”: " + d.cause,
  default_rule_name: (d) => select(d.kind, { limit_share: "Limite di una chiave quasi raggiunto", credits: "Crediti in esaurimento", unusual: "Spesa insolita", key_invalid: "Chiave rifiutata", key_expires: "Chiave in scadenza", sync_stale: "Chiave non sincronizzata", other: "Spesa sopra la soglia" }),
  rule_key_deleted: (d) => "La regola “" + d.rule + "” riguardava la chiave “" + d.key + "”, che è stata eliminata. " + select(d.remaining, { some: "Resta valida per le altre chiavi.", other: "Non riguarda più nessuna chiave." }),
  notifications_over_daily_limit: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " notifica non è stata inviata", other: number("it", d.count, 0) + " notifiche non sono state inviate" }) + " per il tuo limite giornaliero di " + number("it", d.limit, 0) + ".",
  items_omitted: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " altro elemento non è elencato.", other: "Altri " + number("it", d.count, 0) + " elementi non sono elencati." }),
  items_title: (d) => d.counts + select(d.has_names, { yes: ": " + d.names, other: "" }) + select(d.more, { yes: ", …", other: "" }),
  alert_count: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " avviso", other: number("it", d.count, 0) + " avvisi" }),
  resolved_count: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " avviso risolto", other: number("it", d.count, 0) + " avvisi risolti" }),
  rule_key_deleted_count: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " regola ha perso una chiave", other: number("it", d.count, 0) + " regole hanno perso una chiave" }),
  key_change_count: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " modifica di chiavi", other: number("it", d.count, 0) + " modifiche di chiavi" }),
  database_damaged_title: () => "Il database è danneggiato",
  database_damaged_notice: () => "Il database di questo server è danneggiato: potrebbero mancare dati e alcune pagine potrebbero non funzionare. Ferma il server e ripristina l’ultimo backup con npm run restore."
}
