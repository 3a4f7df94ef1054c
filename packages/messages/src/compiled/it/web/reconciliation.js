// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  label: "Riconciliazione",
  table: "Totale dell’account e chiavi per giorno",
  columns: {
    day: "Giorno (UTC)",
    amounts: "Importi",
    total: "Totale account",
    watched: "Chiavi",
    rest: "Non da chiavi",
    counters: "Contatori",
    credits: "Crediti usati"
  },
  hints: {
    total: "Tutta la spesa dell’account, secondo le statistiche di OpenRouter",
    watched: "Spesa delle chiavi in orwatch",
    rest: "Spesa che non appartiene a nessuna chiave in orwatch, per causa",
    counters: "Spesa secondo i contatori delle chiavi",
    credits: "Variazione dei crediti usati tra le letture più vicine alla mezzanotte"
  },
  result: {
    matched: "Coincide",
    explained: "Spiegato",
    unexplained: "Non spiegato",
    open: "In corso",
    unread: "Non ancora letto"
  },
  unread: "Il totale dell’account di questo giorno non è ancora stato letto.",
  countersUnknown: "I contatori non coprono l’intero giorno.",
  creditsUnknown: "I crediti non sono stati letti entro un’ora dalla mezzanotte a entrambe le estremità del giorno.",
  creditsOpen: "Noto quando il giorno è finito e i crediti sono stati letti dopo mezzanotte.",
  sumOf: (d) => number("it", d.known, 0) + " di " + plural(d.days, 0, it, { one: number("it", d.days, 0) + " giorno", other: number("it", d.days, 0) + " giorni" }),
  total: (d) => "Totale di " + plural(d.days, 0, it, { one: number("it", d.days, 0) + " giorno", other: number("it", d.days, 0) + " giorni" }),
  summary: {
    none: "Il totale dell’account non è ancora stato letto.",
    noneBody: "Viene letto con la prossima sincronizzazione, dopo l’elenco delle chiavi.",
    all: "I conti tornano fino all’ultimo dollaro",
    allBody: (d) => "L’account ha speso " + d.total + ". Tutto appartiene a chiavi o ha una causa nota.",
    some: (d) => d.amount + " su " + d.total + " senza causa nota",
    someBody: (d) => plural(d.days, 0, it, { one: "In " + number("it", d.days, 0) + " giorno", other: "In " + number("it", d.days, 0) + " giorni" }) + " una parte della spesa dell’account non è attribuibile a una chiave o a una causa.",
    differ: "Tutta la spesa è attribuita, ma i totali differiscono",
    differBody: (d) => plural(d.days, 0, it, { one: "In " + number("it", d.days, 0) + " giorno", other: "In " + number("it", d.days, 0) + " giorni" }) + " i contatori o i crediti differiscono dal totale dell’account e nulla spiega perché.",
    unread: (d) => plural(d.days, 0, it, { one: number("it", d.days, 0) + " giorno non è ancora stato letto.", other: number("it", d.days, 0) + " giorni non sono ancora stati letti." })
  },
  difference: (d) => d.amount + " · " + d.cause,
  causesTitle: "Significato delle cause",
  causes: {
    not_watched: "Non monitorate",
    deleted: "Chiavi eliminate",
    chatroom: "Chatroom",
    other_workspace: "Altri workspace",
    restatement: "Rettifica",
    byok_fee: "Commissione BYOK",
    day_open: "Giorno in corso",
    unknown: "Non attribuito",
    counters_only: "Solo contatori",
    purchase_or_grant: "Acquisto o bonus",
    cached_answer: "Crediti in cache",
    reading_time: "Ora di lettura",
    unexplained: "Non spiegato"
  },
  about: {
    not_watched: "Chiavi non monitorate in orwatch o rimosse da orwatch.",
    deleted: "Chiavi che non esistono più su OpenRouter.",
    chatroom: "La chatroom di OpenRouter, che non usa chiavi.",
    other_workspace: "Workspace di cui OpenRouter non elenca le chiavi per questa chiave di gestione.",
    restatement: "OpenRouter ha corretto un giorno già concluso. La prossima sincronizzazione della chiave lo recepisce.",
    byok_fee: "La commissione di OpenRouter per le richieste con le tue chiavi dei provider, al massimo il 5%.",
    day_open: "Gli importi vengono letti uno dopo l’altro mentre il giorno è in corso.",
    unknown: "OpenRouter non attribuisce questa spesa a nessuna chiave e nulla ne indica la causa.",
    counters_only: "I contatori delle chiavi includono questa spesa, ma le statistiche di OpenRouter non la mostrano ancora. Non fa parte del totale dell’account.",
    purchase_or_grant: "In questo giorno i crediti acquistati sono cambiati dello stesso importo.",
    cached_answer: "I crediti di OpenRouter possono essere vecchi di 60 secondi. La spesa intorno alla mezzanotte conta nell’altro giorno.",
    reading_time: "I crediti non sono stati letti esattamente a mezzanotte. La spesa tra le due letture conta nell’altro giorno.",
    unexplained: "Nulla ne indica la causa."
  },
  credits: {
    title: "Crediti",
    left: (d) => d.amount + " rimanenti",
    used: (d) => d.amount + " usati",
    runOut: (d) => "Al ritmo attuale si esauriscono: " + d.day,
    noRunOut: "Al ritmo attuale non si esauriscono entro un anno, oppure il ritmo non è noto",
    neverBought: "Questo account non ha mai acquistato crediti e OpenRouter non comunica quelli omaggio. I crediti rimanenti non sono noti.",
    notReported: "In questo periodo non sono stati comunicati crediti.",
    chartLeft: (d) => "Crediti rimanenti da " + d.from + " a " + d.to + ": da " + d.first + " a " + d.last,
    chartUsed: (d) => "Crediti usati da " + d.from + " a " + d.to + ": da " + d.first + " a " + d.last,
    purchases: "Acquisti",
    purchase: (d) => d.amount + " · " + d.at,
    taken: (d) => d.amount + " stornati · " + d.at,
    more: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " altro acquisto", other: number("it", d.count, 0) + " altri acquisti" }),
    since: (d) => "Inizio della registrazione: " + d.at + ". OpenRouter non comunica i saldi precedenti."
  }
}
