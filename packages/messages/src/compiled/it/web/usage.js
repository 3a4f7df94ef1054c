// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
import { article } from "../../../article.ts";
export default {
  range: {
    label: "Periodo",
    days: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " giorno", other: number("it", d.count, 0) + " giorni" }),
    shortDays: (d) => number("it", d.count, 0) + " g",
    custom: "Personalizzato",
    from: "Dal",
    to: "Al",
    apply: "Applica",
    order: "La data di inizio non può essere successiva alla data di fine.",
    tooLong: (d) => "Al massimo " + plural(d.limit, 0, it, { one: number("it", d.limit, 0) + " giorno", other: number("it", d.limit, 0) + " giorni" }) + " alla volta.",
    incomplete: "Seleziona entrambe le date.",
    utc: "I giorni sono in UTC."
  },
  calendar: {
    label: (d) => "Giorni di " + d.month,
    before: "Mese precedente",
    after: "Mese successivo",
    first: "Seleziona il primo giorno.",
    second: "Seleziona l’ultimo giorno."
  },
  filters: {
    label: "Filtri",
    keys: "Chiavi",
    allKeys: "Tutte le chiavi",
    someKeys: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " chiave", other: number("it", d.count, 0) + " chiavi" }),
    key: (d) => "Chiave: " + d.name,
    model: (d) => "Modello: " + d.name,
    notKey: (d) => "Esclusa la chiave: " + d.name,
    notModel: (d) => "Escluso il modello: " + d.name,
    remove: (d) => "Rimuovi il filtro " + d.filter,
    clear: "Rimuovi i filtri",
    invalid: (d) => "L’URL contiene filtri inesistenti o non validi: " + d.names + ". Vengono ignorati.",
    search: "Cerca",
    noMatch: "Nessun risultato.",
    moreFound: (d) => plural(d.count, 0, it, { one: "e un altro", other: "e altri " + number("it", d.count, 0) + ". Cerca per nome." }),
    only: (d) => "Mostra solo " + d.name
  },
  sync: {
    now: "Sincronizza ora",
    running: "Sincronizzazione in corso…",
    progress: (d) => number("it", d.done, 0) + " di " + plural(d.keys, 0, it, { one: number("it", d.keys, 0) + " chiave", other: number("it", d.keys, 0) + " chiavi" }),
    failedOf: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " non riuscita", other: number("it", d.count, 0) + " non riuscite" }),
    started: "Lettura degli ultimi consumi da OpenRouter…",
    synced: (d) => "Sincronizzato " + d.ago,
    never: "Non ancora sincronizzato",
    failing: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " chiave non si sincronizza", other: number("it", d.count, 0) + " chiavi non si sincronizzano" }),
    completeThrough: (d) => "Completo fino " + article(d.day, "it", (" al").trim()) + ". I giorni successivi possono ancora cambiare.",
    done: (d) => plural(d.rows, 0, it, { "0": "Sincronizzato. Nessuna modifica.", one: "Sincronizzato. " + number("it", d.rows, 0) + " riga di consumi modificata.", other: "Sincronizzato. " + number("it", d.rows, 0) + " righe di consumi modificate." }),
    partial: (d) => "Sincronizzato in parte: " + plural(d.rows, 0, it, { one: number("it", d.rows, 0) + " riga di consumi modificata", other: number("it", d.rows, 0) + " righe di consumi modificate" }) + ", ma alcune chiavi non sono riuscite. Il motivo è nella pagina Chiavi.",
    failed: "Non è stato possibile sincronizzare nessuna chiave. I tuoi dati sono al sicuro. Il motivo è nella pagina Chiavi."
  },
  overview: {
    label: "Riepilogo",
    month: "Mese in corso",
    monthLink: "Confronta questo mese con il mese scorso, giorno per giorno",
    versus: (d) => select(d.direction, { up: "+", down: "−", other: "" }) + d.percent + " rispetto a " + d.amount + " nei giorni " + d.days,
    versusAmount: (d) => "rispetto a " + d.amount + " nei giorni " + d.days,
    completeDays: (d) => "Solo giorni completi: " + d.days + ", rispetto a " + d.before,
    firstDay: "Nessun giorno completo finora",
    nothingBefore: "Nessun confronto: il mese scorso non è noto",
    forecast: (d) => "Previsione per " + d.month,
    forecastLink: "Come è calcolata la previsione e quanto è stata precisa",
    between: (d) => "Probabilmente tra " + d.low + " e " + d.high,
    noForecast: "Servono dati per 7 degli ultimi 28 giorni",
    credits: "Crediti rimasti",
    creditsLink: "Crediti dell’account nel tempo",
    ofAccount: (d) => d.account + ": " + d.text,
    runOut: (d) => "Finiscono intorno " + article(d.day, "it", (" al").trim()),
    runOutBetween: (d) => "Tra " + article(d.from, "it", (" il").trim()) + " e " + article(d.to, "it", (" il").trim()),
    runOutFrom: (d) => "Non prima " + article(d.from, "it", (" del").trim()),
    usedUp: "Esauriti",
    lasts: "A questo ritmo bastano per più di un anno",
    noPace: "Dati insufficienti per dire quando finiscono",
    notReported: "Non comunicati da OpenRouter",
    noAccount: "Li mostra una chiave di gestione",
    today: "Oggi finora",
    todayLink: "Oggi ora per ora",
    until: (d) => d.percent + " " + select(d.direction, { up: "sopra", other: "sotto" }) + " il solito di " + d.weekday + " fino alle " + d.hour + ":00 UTC",
    asUsual: (d) => "Come al solito di " + d.weekday + " fino alle " + d.hour + ":00 UTC",
    usuallyNothing: (d) => "Di " + d.weekday + " di solito niente fino alle " + d.hour + ":00 UTC",
    compared: (d) => "Fino alle " + d.hour + ":00 UTC: " + d.cost + ", di solito " + d.usual,
    wholeDay: (d) => "Di " + d.weekday + " il totale di solito è " + d.amount,
    noUsual: "Il livello usuale non è ancora noto"
  },
  cards: {
    cost: "Costo",
    requests: "Richieste",
    tokens: "Token",
    tokensIn: "input",
    tokensOut: "output",
    activeKeys: (d) => number("it", d.active, 0) + " di " + plural(d.total, 0, it, { one: number("it", d.total, 0) + " chiave attiva", other: number("it", d.total, 0) + " chiavi attive" }),
    perMillion: "Costo per 1 mln di token",
    perMillionLong: "Costo dei consumi con token noti, diviso per i loro token di input e output",
    byok: (d) => "+ " + d.amount + " BYOK (stima)",
    byokLong: (d) => d.amount + " sulle tue chiavi dei provider. È una stima, non addebitata da OpenRouter.",
    perRequest: (d) => d.amount + " per richiesta",
    noEarlier: "Nessun dato precedente",
    noComplete: "Nessun giorno completo da confrontare",
    compared: (d) => "Solo giorni completi: " + d.days + ", rispetto a " + d.before,
    versus: "contro",
    up: "in aumento",
    down: "in calo",
    same: "invariato"
  },
  empty: {
    title: "Nessun consumo in questo periodo",
    body: "In questi giorni le tue chiavi non hanno consumi.",
    partly: "Nei giorni con dati le tue chiavi non hanno consumi. Per alcuni giorni mancano i dati.",
    unknownTitle: "Nessun dato per questi giorni",
    unknown: "In questi giorni le tue chiavi non erano ancora monitorate. L’assenza di dati non significa assenza di consumi.",
    filtered: "In questi giorni nessun consumo corrisponde ai filtri.",
    longer: (d) => plural(d.count, 0, it, { one: "Mostra l’ultimo giorno", other: "Mostra gli ultimi " + number("it", d.count, 0) + " giorni" }),
    waitingTitle: "Prima sincronizzazione in corso",
    waiting: "orwatch sta leggendo i tuoi consumi da OpenRouter. La pagina si aggiorna da sola, di solito entro un minuto."
  },
  costOnly: {
    title: "Solo costi: modelli, token e richieste non sono noti",
    pending: "La tua chiave di gestione non copre ancora questa spesa. Se è dello stesso account, modelli e token compaiono dopo la prossima sincronizzazione."
  },
  firstRun: {
    title: "Configura orwatch",
    keyAction: "Aggiungi chiave",
    managementLink: "Crea una chiave di gestione",
    otherTitle: "Nessuna chiave",
    otherBody: "I consumi appariranno qui quando il team avrà una chiave OpenRouter."
  },
  series: {
    other: "(altro)",
    unattributed: "(non attribuito)"
  },
  chart: {
    titles: {
      model: "Costo giornaliero per modello",
      key: "Costo giornaliero per chiave",
      vendor: "Costo giornaliero per produttore"
    },
    by: "Raggruppa per",
    groups: {
      model: "Modello",
      key: "Chiave",
      vendor: "Produttore"
    },
    compare: "Confronta",
    compareLong: "Mostra il periodo precedente come linea",
    before: "Periodo precedente",
    beforeLong: "Linea tratteggiata: periodo precedente della stessa durata",
    net: "Nei giorni con rimborsi la linea mostra il costo al netto dei rimborsi",
    unit: "USD per giorno UTC",
    asTable: "Mostra come tabella",
    asChart: "Mostra come grafico",
    noData: "nessun dato",
    noDataLong: "Nessuna chiave copre questo giorno",
    soFar: "finora",
    sum: "Totale",
    sumShown: "Totale mostrato",
    readout: "Costo per giorno. Usa i tasti freccia per passare da un giorno all’altro.",
    legend: "Serie del grafico. Clic per mostrare solo questa, Maiusc+clic per nasconderla.",
    showAll: "Mostra tutte",
    nothing: "Nessuna spesa",
    table: (d) => d.title + " (tabella)",
    more: (d) => plural(d.count, 0, it, { one: "e un’altra voce", other: "e altre " + number("it", d.count, 0) + " voci" }),
    timesUsual: (d) => d.times + "× il solito",
    unknown: "Non noto per questo intervallo",
    notYet: "non ancora",
    noUsage: "Nessun consumo",
    all: "Tutti",
    intervals: {
      hour: "Ora (UTC)",
      day: "Giorno",
      week: "Settimana",
      month: "Mese"
    }
  },
  tables: {
    models: "Modelli più costosi",
    model: "Modello",
    others: (d) => plural(d.count, 0, it, { one: "un altro", other: "altri " + number("it", d.count, 0) }),
    keys: "Consumi per chiave",
    key: "Chiave",
    requests: "Richieste",
    perMillion: "Per 1 mln di token",
    perMillionHint: "Costo per milione di token, input e output insieme",
    cost: "Costo (USD)",
    share: "Quota",
    showAll: (d) => "Mostra tutti (" + number("it", d.count, 0) + ")",
    showFewer: "Mostra meno"
  },
  changes: {
    title: "Che cosa è cambiato",
    versus: (d) => d.days + ", rispetto a " + d.before,
    by: "Variazioni per",
    change: "Variazione",
    why: "Perché",
    total: "Tutte le variazioni",
    unknown: "Sconosciuto: mancano richieste o token",
    others: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " altra", other: "altre " + number("it", d.count, 0) }),
    notCompared: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " chiave non è confrontata: il suo costo precedente è sconosciuto.", other: number("it", d.count, 0) + " chiavi non sono confrontate: il loro costo precedente è sconosciuto." }),
    none: "Nessun giorno completo da confrontare. Le variazioni appaiono quando il costo di entrambi i periodi è noto.",
    same: "Nessuna variazione.",
    partsHint: "Richieste: più o meno richieste. Dimensione: token per richiesta. Prezzo: costo per token. Composizione: altri modelli o altre chiavi. La somma delle parti è la variazione.",
    parts: {
      volume: (d) => "richieste " + d.amount,
      size: (d) => "dimensione " + d.amount,
      price: (d) => "prezzo " + d.amount,
      mix: (d) => "composizione " + d.amount
    }
  },
  withoutKey: {
    not_watched: "Chiavi non monitorate",
    other_workspace: "Altri workspace",
    restatement: "Consumi rettificati",
    deleted: "Chiavi eliminate",
    chatroom: "Chatroom",
    unknown: "Non attribuito a una chiave"
  },
  insights: {
    title: "Da controllare",
    none: "Niente da controllare.",
    on: (d) => article(d.day, "it", (" il").trim()),
    times: (d) => d.times + "×",
    usually: (d) => d.cost + " " + d.day + ", di solito " + d.usual + " di " + d.weekday,
    usuallyNothing: (d) => d.day + ", di solito nulla di " + d.weekday,
    keys: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " chiave", other: number("it", d.count, 0) + " chiavi" }),
    low_limit: (d) => plural(d.count, 0, it, { one: "ha meno del 20% del limite residuo", other: "hanno meno del 20% del limite residuo" }),
    no_limit: (d) => plural(d.count, 0, it, { one: "è senza limite", other: "sono senza limite" }),
    unused: (d) => plural(d.count, 0, it, { one: "non è usata da 30 giorni", other: "non sono usate da 30 giorni" })
  },
  limits: {
    title: "Chiavi con limiti",
    left: (d) => "Restano " + d.amount + " di " + d.limit,
    over: (d) => d.amount + " oltre il limite di " + d.limit,
    remainingUnknown: (d) => "Limite " + d.limit + ", residuo sconosciuto",
    neverResets: "Non si azzera mai",
    byokCounts: "BYOK rientra nel limite",
    first: {
      own: "Prima si raggiunge il limite della chiave",
      credits: "Prima finiscono i crediti dell’account"
    },
    today: "Oggi",
    byok: (d) => "+ " + d.amount + " BYOK",
    more: (d) => plural(d.count, 0, it, { one: "un’altra nella pagina Chiavi", other: "altre " + number("it", d.count, 0) + " nella pagina Chiavi" }),
    key: "Chiave",
    remaining: "Rimanente",
    resets: (d) => "Si azzera " + article(d.day, "it", (" il").trim())
  },
  details: {
    title: "Dettagli",
    show: "Dettagli",
    columns: {
      reasoning_tokens: "Token di ragionamento",
      cached_tokens: "Token dalla cache",
      byok_requests: "Richieste BYOK",
      upstream_cost: "Costo del provider",
      cache_saving: "Risparmio della cache",
      data_discount: "Sconto sui dati",
      web_search_cost: "Costo delle ricerche web"
    },
    hints: {
      reasoning_tokens: "Compresi nei token di output",
      cached_tokens: "Token di input letti da una cache dei prompt, compresi nei token di input",
      byok_requests: "Richieste sulle tue chiavi dei provider, comprese nelle richieste",
      upstream_cost: "Importo addebitato dal provider, comunicato da OpenRouter",
      cache_saving: "Effetto della cache dei prompt sul costo, con il segno comunicato da OpenRouter",
      data_discount: "Sconto per la registrazione dei dati, con il segno comunicato da OpenRouter",
      web_search_cost: "Costo delle ricerche web, comunicato da OpenRouter"
    },
    partial: (d) => "Sconosciuti per una parte dei consumi: " + d.names + ". Le somme comprendono ciò che è noto.",
    none: "OpenRouter non comunica dettagli per queste righe."
  }
}
