// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { select } from "@messageformat/runtime";
export default {
  job_interrupted: () => "Il server si è fermato durante l’esecuzione di questo processo, che verrà ripetuto al prossimo avvio.",
  job_failed: () => "Questo processo non è riuscito. La causa è nel log del server. Verrà eseguito di nuovo all’orario previsto.",
  disk_full: () => "Il disco del server è pieno, quindi nulla è stato modificato. Chiedi all’amministratore di liberare spazio. Puoi comunque consultare i tuoi dati.",
  disk_not_writable: () => "Il disco del server non è scrivibile, quindi nulla è stato modificato. Chiedi all’amministratore di controllarlo. Puoi comunque consultare i tuoi dati.",
  disk_not_readable: () => "Il disco del server non è leggibile. Chiedi all’amministratore di controllarlo.",
  database_damaged: () => "Il database del server è danneggiato. Chiedi all’amministratore di ripristinare l’ultimo backup. Le altre pagine potrebbero funzionare comunque.",
  backup_no_space: (d) => d.folder + " ha " + d.free_mb + " MB liberi e un backup richiede " + d.needed_mb + " MB. Libera spazio, poi riprova.",
  backup_folder_not_writable: (d) => d.folder + " non è scrivibile. Dai all’utente del server il permesso di scrittura o imposta un’altra cartella.",
  backup_database_missing: () => "Il file del database non esiste.",
  backup_old_copy_not_removed: (d) => "Il backup è riuscito, ma non è stato possibile eliminare il backup precedente " + d.file + " in " + d.folder + ". Eliminalo manualmente.",
  backup_copy_changed: (d) => "Il backup è riuscito, ma poi un altro programma lo ha modificato o eliminato. Controlla quali altri programmi usano " + d.folder + ", poi esegui di nuovo il processo.",
  backup_failed: () => "Il backup non è riuscito. La causa è nel log del server. Verrà eseguito di nuovo all’orario previsto.",
  job_description: (d) => select(d.job, { sync: "Legge i consumi di ogni chiave attiva.", breakdowns: "Legge i consumi per provider, app, ora e altro.", validate: "Verifica che ogni chiave funzioni ancora.", alerts: "Controlla le regole di avviso basate sul tempo.", digest: "Invia il riepilogo settimanale.", cleanup: "Elimina consumi, sessioni, esecuzioni e invii scaduti.", other: "Esegue il backup del database." })
}
