// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  key_not_checked: (d) => "Non ancora verificata. " + d.cause + " orwatch riprova alla prossima sincronizzazione.",
  key_rejected_once: (d) => "OpenRouter ha rifiutato questa chiave " + select(d.at_elides, { yes: "l’", other: "il " }) + d.at + ". Se la rifiuta di nuovo, la chiave risulta non valida.",
  key_rejected_since: (d) => "OpenRouter rifiuta questa chiave " + select(d.since_elides, { yes: "dall’", other: "dal " }) + d.since + ": è stata " + select(d.cause, { deleted: "eliminata", other: "eliminata, disattivata o è scaduta" }) + ".",
  account_keys_watched: (d) => plural(d.keys, 0, it, { one: "L’account ha " + number("it", d.keys, 0) + " chiave", other: "L’account ha " + number("it", d.keys, 0) + " chiavi" }) + "; " + plural(d.watched, 0, it, { "0": "nessuna è monitorata", one: number("it", d.watched, 0) + " è monitorata", other: number("it", d.watched, 0) + " sono monitorate" }) + " qui.",
  key_undecryptable: () => "Questa chiave non si può decifrare perché ENCRYPTION_KEY è cambiata. Ripristina la ENCRYPTION_KEY precedente o aggiungi di nuovo la chiave: lo storico resta.",
  credits_unavailable: (d) => "Impossibile leggere i crediti. " + d.cause,
  sync_interrupted: () => "La sincronizzazione è stata interrotta da un riavvio del server. Riprende automaticamente.",
  openrouter_key_rejected: () => "OpenRouter non accetta questa chiave.",
  openrouter_forbidden: () => "OpenRouter non permette a questa chiave di leggere questi dati.",
  openrouter_not_found: () => "OpenRouter non conosce questa chiave.",
  openrouter_rate_limited: () => "OpenRouter sta limitando le richieste.",
  openrouter_request_timeout: () => "OpenRouter ha impiegato troppo tempo a rispondere.",
  openrouter_server_error: (d) => "OpenRouter ha un problema (stato " + d.status + ").",
  openrouter_unexpected_status: (d) => "OpenRouter ha risposto con lo stato " + d.status + ".",
  openrouter_no_response: (d) => "OpenRouter non ha risposto entro " + plural(d.seconds, 0, it, { one: number("it", d.seconds, 0) + " secondo", other: number("it", d.seconds, 0) + " secondi" }) + ".",
  openrouter_unreachable: () => "OpenRouter non è raggiungibile.",
  openrouter_unreadable: () => "La risposta di OpenRouter non è leggibile.",
  openrouter_endless_list: () => "L’elenco delle chiavi di OpenRouter non finisce.",
  openrouter_analytics_incomplete: () => "OpenRouter segnala che le sue statistiche potrebbero essere incomplete.",
  openrouter_analytics_too_large: (d) => "Le statistiche di OpenRouter " + select(d.day_elides, { yes: "dell’", other: "del " }) + d.day + " sono troppo grandi per essere lette per intero.",
  openrouter_analytics_no_total: () => "Le statistiche di OpenRouter non contengono un totale completo.",
  openrouter_totals_disagree: (d) => "I totali di OpenRouter non corrispondono ai dati per modello in questi giorni: " + d.days + ". Per quei giorni restano i dati precedenti.",
  openrouter_key_deleted: () => "Questa chiave è stata eliminata su OpenRouter. Lo storico resta."
}
