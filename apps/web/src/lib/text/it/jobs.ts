import type { Texts } from "../all.ts";

const many = (count: number, one: string, more: string) => (count === 1 ? `1 ${one}` : `${count} ${more}`);

export const jobs: Texts["jobs"] = {
  jobs: {
    title: "Attività",
    lead: "Quello che il server fa da solo, per tutti gli account.",
    names: {
      sync: "Sincronizzazione dei consumi",
      validate: "Controllo delle chiavi",
      cleanup: "Pulizia",
      backup: "Copia di sicurezza",
    },
    about: {
      sync: "Scarica da OpenRouter i consumi di ogni chiave attiva.",
      validate: "Chiede a OpenRouter se ogni chiave funziona ancora.",
      cleanup: "Elimina i consumi oltre il periodo di conservazione, le sessioni finite e le vecchie esecuzioni.",
      backup: "Fa una copia coerente del database accanto all’originale.",
    },
    outcomes: {
      running: "In corso",
      ok: "Fatto",
      partial: "Fatto in parte",
      failed: "Non riuscito",
      interrupted: "Interrotto",
    },
    last: "Ultima esecuzione",
    next: "Prossima esecuzione",
    never: "non ancora",
    notPlanned: "non prevista",
    took: (seconds) => `durata: ${seconds}`,
    runNow: "Esegui ora",
    runThis: (name) => `Esegui ora «${name}»`,
    history: "Esecuzioni precedenti",
    historyOf: (name) => `Esecuzioni precedenti: ${name}`,
    started: "Inizio",
    outcome: "Esito",
    did: "Che cosa ha fatto",
    nothing: "niente da fare",
    seconds: (seconds) => (seconds < 1 ? "meno di un secondo" : many(Math.round(seconds), "secondo", "secondi")),
    minutes: (minutes) => many(minutes, "minuto", "minuti"),
    said: (name, outcome, counts) => `${name}: ${outcome}${counts ? `, ${counts}` : ""}.`,
    counts: {
      keys: (count) => many(count, "chiave", "chiavi"),
      failed: (count) => many(count, "non riuscita", "non riuscite"),
      rows_written: (count) => many(count, "riga di consumi cambiata", "righe di consumi cambiate"),
      invalid: (count) => many(count, "rifiutata da OpenRouter", "rifiutate da OpenRouter"),
      unanswered: (count) => `${count} senza risposta`,
      sessions: (count) => many(count, "sessione eliminata", "sessioni eliminate"),
      job_runs: (count) => many(count, "vecchia esecuzione eliminata", "vecchie esecuzioni eliminate"),
      usage_rows: (count) => many(count, "riga di consumi eliminata", "righe di consumi eliminate"),
      bytes: (size) => size,
      kept: (count) => many(count, "copia conservata", "copie conservate"),
      removed: (count) => many(count, "copia più vecchia eliminata", "copie più vecchie eliminate"),
    },
  },
};
