// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  title: "Annulla l’iscrizione al riepilogo settimanale",
  lead: "orwatch invia a questo indirizzo un riepilogo settimanale dei consumi. Gli avvisi e il tuo accesso non cambiano.",
  submit: "Annulla l’iscrizione",
  done: "Il riepilogo settimanale non verrà più inviato a questo indirizzo. Puoi riattivarlo in Avvisi › Canali.",
  dead: "Questo link non è più valido: il canale è stato eliminato, oppure il riepilogo è stato disattivato o riattivato dopo l’invio dell’e-mail. Gestiscilo in Avvisi › Canali.",
  failed: "Il server non risponde. Riprova più tardi.",
  toApp: "Apri orwatch"
}
