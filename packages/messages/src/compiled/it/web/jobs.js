// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  lead: "Operazioni pianificate che il server esegue per tutti gli utenti.",
  notAdmin: "Solo l’amministratore di questo server può eseguire i processi manualmente, perché riguardano le chiavi di tutti. Puoi sincronizzare le tue nella pagina Chiavi.",
  names: {
    sync: "Sincronizzazione consumi",
    breakdowns: "Lettura ripartizioni",
    validate: "Verifica chiavi",
    alerts: "Controllo regole di avviso",
    digest: "Riepilogo settimanale",
    cleanup: "Pulizia",
    backup: "Backup"
  },
  outcomes: {
    running: "In corso",
    ok: "Riuscito",
    partial: "Riuscito in parte",
    failed: "Non riuscito",
    interrupted: "Interrotto"
  },
  last: "Ultima esecuzione",
  next: "Prossima esecuzione",
  never: "Mai",
  notScheduled: "Non pianificata",
  took: (d) => "durata: " + select(d.unit, { minutes: plural(d.count, 0, it, { one: number("it", d.count, 0) + " minuto", other: number("it", d.count, 0) + " minuti" }), other: plural(d.count, 0, it, { "0": "meno di un secondo", one: number("it", d.count, 0) + " secondo", other: number("it", d.count, 0) + " secondi" }) }),
  runNow: "Esegui ora",
  runJob: (d) => "Esegui ora “" + d.name + "”",
  history: "Esecuzioni precedenti",
  historyOf: (d) => "Esecuzioni precedenti: " + d.name,
  started: "Inizio",
  outcome: "Esito",
  details: "Dettagli",
  nothing: "niente da fare",
  finished: (d) => d.name + ": " + d.outcome + ".",
  finishedWith: (d) => d.name + ": " + d.outcome + ", " + d.counts + ".",
  counts: {
    keys: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " chiave", other: number("it", d.count, 0) + " chiavi" }),
    failed: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " non riuscita", other: number("it", d.count, 0) + " non riuscite" }),
    rows_written: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " riga di consumi modificata", other: number("it", d.count, 0) + " righe di consumi modificate" }),
    breakdowns: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " ripartizione richiesta", other: number("it", d.count, 0) + " ripartizioni richieste" }),
    breakdown_rows: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " riga di ripartizione modificata", other: number("it", d.count, 0) + " righe di ripartizione modificate" }),
    idempotency_keys: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " chiave di idempotenza eliminata", other: number("it", d.count, 0) + " chiavi di idempotenza eliminate" }),
    old_breakdown_rows: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " riga di ripartizione eliminata", other: number("it", d.count, 0) + " righe di ripartizione eliminate" }),
    invalid: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " rifiutata da OpenRouter", other: number("it", d.count, 0) + " rifiutate da OpenRouter" }),
    unanswered: (d) => number("it", d.count, 0) + " senza risposta",
    users: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " utente", other: number("it", d.count, 0) + " utenti" }),
    notifications_sent: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " notifica inviata", other: number("it", d.count, 0) + " notifiche inviate" }),
    notifications: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " vecchia notifica eliminata", other: number("it", d.count, 0) + " vecchie notifiche eliminate" }),
    sessions: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " sessione eliminata", other: number("it", d.count, 0) + " sessioni eliminate" }),
    job_runs: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " vecchia esecuzione eliminata", other: number("it", d.count, 0) + " vecchie esecuzioni eliminate" }),
    usage_rows: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " riga di consumi eliminata", other: number("it", d.count, 0) + " righe di consumi eliminate" }),
    credits: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " lettura dei crediti eliminata", other: number("it", d.count, 0) + " letture dei crediti eliminate" }),
    kept: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " backup conservato", other: number("it", d.count, 0) + " backup conservati" }),
    removed: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " vecchio backup eliminato", other: number("it", d.count, 0) + " vecchi backup eliminati" })
  }
}
