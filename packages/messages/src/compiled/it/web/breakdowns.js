// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  label: "Dimensione",
  dimensions: {
    app: "App",
    user: "Membro",
    workspace: "Workspace",
    provider: "Provider",
    finish_reason: "Motivo di fine",
    end_user: "Utente finale"
  },
  tables: {
    app: "Consumi per app",
    user: "Consumi per membro",
    workspace: "Consumi per workspace",
    provider: "Consumi per provider",
    finish_reason: "Consumi per motivo di fine",
    end_user: "Consumi per utente finale"
  },
  columns: {
    cost: "Costo (USD)",
    share: "Quota",
    requests: "Richieste",
    tokensInput: "Token di input",
    tokensOutput: "Token di output"
  },
  requests: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " richiesta", other: number("it", d.count, 0) + " richieste" }),
  unknown: "Non ripartito",
  unknownBefore: (d) => "Consumi prima della raccolta (" + d.since + "), di oggi o non suddivisi da OpenRouter",
  unknownRest: "Consumi di oggi o non suddivisi da OpenRouter",
  others: (d) => plural(d.count, 0, it, { one: "e un altro", other: "e altri " + number("it", d.count, 0) }),
  since: (d) => "Primo giorno raccolto: " + d.since,
  speed: {
    title: "Latenza e throughput",
    hint: "Medie dei valori giornalieri, pesate per richieste",
    model: "Modello",
    provider: "Provider",
    requests: "Richieste",
    cost: "Costo (USD)",
    latency_p50_ms: "Latenza p50",
    latency_p95_ms: "Latenza p95",
    throughput_p50: "Token/s p50",
    throughput_p95: "Token/s p95",
    seconds: (d) => d.seconds + " s",
    off: "Latenza e throughput non vengono raccolti.",
    more: (d) => "Sono mostrati solo i " + number("it", d.shown, 0) + " più costosi su " + number("it", d.count, 0) + "."
  },
  empty: {
    usage: "Nessun consumo in questo periodo",
    usageBody: "Le chiavi di questo account non hanno consumi in questi giorni.",
    off: {
      app: "Le app non vengono raccolte",
      provider: "I provider non vengono raccolti",
      finish_reason: "I motivi di fine non vengono raccolti",
      user: "I membri non vengono raccolti",
      workspace: "I workspace non vengono raccolti"
    },
    offBody: "Attiva la raccolta per salvare ciò che OpenRouter conserva ancora e tutto ciò che arriva da ora in poi.",
    first: "Ancora nessun dato raccolto",
    firstBody: "Le prime ripartizioni arrivano entro un giorno.",
    before: "Nessuna ripartizione per questi giorni",
    beforeBody: (d) => "Primo giorno raccolto: " + d.since + ". La ripartizione di un giorno arriva quando il giorno è finito (UTC)."
  },
  failed: "L’ultima richiesta di ripartizioni non è riuscita",
  failedBody: "La richiesta verrà ripetuta dopo un’ora.",
  collection: {
    open: "Dati raccolti",
    lead: "OpenRouter conserva quasi tutte le ripartizioni per 31 giorni. orwatch le raccoglie e le conserva.",
    legend: "Raccogli",
    fields: {
      providers: "Provider",
      performance: "Latenza e throughput",
      apps: "App",
      finish_reasons: "Motivi di fine",
      members: "Membri",
      workspaces: "Workspace",
      hours: "Ore",
      end_users: "Utenti finali"
    },
    hints: {
      providers: "Chi ha servito ogni richiesta. Su OpenRouter per 31 giorni.",
      performance: "Mediana e 95° percentile giornalieri per provider. Su OpenRouter per 31 giorni.",
      apps: "Quale app ha inviato ogni richiesta. Su OpenRouter per 365 giorni, 31 per chiave.",
      finish_reasons: "Perché ogni risposta è terminata, ad esempio stop o length. Su OpenRouter per 31 giorni.",
      members: "Quale membro dell’organizzazione OpenRouter ha inviato ogni richiesta. Su OpenRouter per 365 giorni.",
      workspaces: "Consumi dell’account per workspace. Su OpenRouter per 365 giorni.",
      hours: "Consumi per ora anziché per giorno. Su OpenRouter per 31 giorni.",
      end_users: "Gli ID che le tue richieste passano come “user”. Possono essere dati personali, perciò non vengono raccolti se non lo scegli. Su OpenRouter per 31 giorni."
    },
    save: "Salva",
    saved: (d) => "Le impostazioni di " + d.name + " sono state salvate.",
    state: "Ripartizioni salvate",
    rows: "Righe",
    size: "Dimensione",
    growth: "Al mese (stima)",
    since: "Primo giorno",
    last: "Ultima richiesta",
    error: "Ultimo errore",
    retention: "Conservazione",
    retentionDays: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " giorno", other: number("it", d.count, 0) + " giorni" }),
    retentionNone: "Senza limite",
    retentionHint: (d) => d.variable + " sul server stabilisce per quanto tempo si conservano le ripartizioni, al massimo quanto i consumi.",
    confirm: "Interrompere la raccolta degli utenti finali?",
    confirmBody: "I consumi per utente finale e tutti gli ID degli utenti finali vengono eliminati. Ciò che OpenRouter non conserva più non potrà essere raccolto di nuovo.",
    confirmSubmit: "Elimina e salva"
  },
  showAll: (d) => "Mostra tutti (" + number("it", d.count, 0) + ")",
  showFewer: "Mostra meno"
}
