// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  digest_title: (d) => "La tua settimana: " + d.spent,
  digest_week: (d) => select(d.from_elides, { yes: "Dall’", other: "Dal " }) + d.from + " " + select(d.through_elides, { yes: "all’", other: "al " }) + d.through + " (UTC)",
  digest_top_models: () => "Modelli più costosi",
  digest_top_keys: () => "Chiavi più costose",
  digest_changes: () => "Variazioni",
  digest_forecast: () => "Previsione",
  digest_spent: (d) => "Spesi " + d.spent + ", " + select(d.trend, { same: "come la settimana prima", from_zero: "dopo una settimana senza spese", other: "circa come la settimana prima" }),
  digest_spent_changed: (d) => "Spesi " + d.spent + ", " + select(d.percent_elides, { yes: "l’", other: "il " }) + d.percent + " in " + select(d.trend, { more: "più", other: "meno" }) + " rispetto ai " + d.before + " della settimana prima",
  digest_requests: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " richiesta", other: number("it", d.count, 0) + " richieste" }),
  digest_model_line: (d) => d.model + ": " + d.spent + " (" + d.before + " la settimana prima)",
  digest_key_line: (d) => d.key + ": " + d.spent + " (" + d.before + " la settimana prima)",
  digest_key_stopped: (d) => d.key + " non ha speso nulla, dopo " + d.before + " la settimana prima",
  digest_key_started: (d) => d.key + " ha speso " + d.spent + ", dopo una settimana senza spese",
  digest_key_changed: (d) => d.key + " ha speso " + d.difference + " in " + select(d.trend, { more: "più", other: "meno" }),
  digest_new_model: (d) => "Primo uso di " + d.model,
  digest_key_rejected: (d) => "OpenRouter non accetta più la chiave " + d.key,
  digest_no_changes: () => "Per nessuna chiave la spesa è cambiata di almeno un centesimo",
  digest_forecast_unknown: () => "Dati insufficienti per prevedere questo mese",
  digest_forecast_month: (d) => "Previsione a fine mese: circa " + d.expected + ", molto probabilmente tra " + d.low + " e " + d.high + "; finora " + d.spent,
  digest_limit_runs_out: (d) => "A questo ritmo " + d.key + " raggiunge il limite " + select(d.on_elides, { yes: "l’", other: "il " }) + d.on,
  digest_limit_used_up: (d) => d.key + " ha raggiunto il limite",
  digest_credits_run_out: (d) => "A questo ritmo i crediti dell’account di " + d.key + " finiscono " + select(d.on_elides, { yes: "l’", other: "il " }) + d.on,
  digest_credits_used_up: (d) => "I crediti dell’account di " + d.key + " sono finiti"
}
