// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  event_account_opened: () => "Registrazione",
  event_logged_in: () => "Accesso",
  event_log_in_failed: () => "Accesso non riuscito: password errata",
  event_second_factor_failed: () => "Accesso non riuscito: codice a due fattori rifiutato",
  event_logged_out: () => "Disconnessione",
  event_reauthenticated: () => "Identità confermata",
  event_password_check_failed: () => "Password errata inserita dopo l’accesso",
  event_password_changed: () => "Password cambiata",
  event_password_reset: () => "Password reimpostata",
  event_second_factor_enabled: () => "Autenticazione a due fattori attivata",
  event_second_factor_disabled: () => "Autenticazione a due fattori disattivata",
  event_recovery_code_used: () => "Codice di recupero usato",
  event_recovery_codes_renewed: () => "Codici di recupero sostituiti",
  event_session_ended: () => "Sessione disconnessa",
  event_sessions_ended: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " sessione disconnessa", other: number("it", d.count, 0) + " sessioni disconnesse" }),
  event_key_added: (d) => "Chiave “" + d.key + "” aggiunta",
  event_key_removed: (d) => "Chiave “" + d.key + "” eliminata",
  event_key_sent: (d) => "Chiave “" + d.key + "” inviata a OpenRouter",
  event_api_token_issued: (d) => "Token API “" + d.token + "” creato",
  event_api_token_revoked: (d) => "Token API “" + d.token + "” revocato",
  event_data_exported: () => "Dati esportati",
  event_account_switched_off: () => "Utente disattivato",
  event_account_switched_on: () => "Utente riattivato",
  event_made_administrator: () => "Nominato amministratore",
  event_user_switched_off: (d) => "Utente " + d.user + " disattivato",
  event_user_switched_on: (d) => "Utente " + d.user + " riattivato",
  event_user_sessions_ended: (d) => "Sessioni di " + d.user + " disconnesse",
  event_job_started: (d) => "Avvio manuale: " + select(d.job, { sync: "sincronizzazione", validate: "verifica delle chiavi", alerts: "controllo degli avvisi", digest: "riepilogo settimanale", cleanup: "pulizia", other: "backup" })
}
