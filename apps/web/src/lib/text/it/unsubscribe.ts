import type { Texts } from "../all.ts";

/** La pagina dietro il link del riepilogo settimanale. */
export const unsubscribe: Texts["unsubscribe"] = {
  unsubscribe: {
    title: "Ferma il riepilogo settimanale",
    lead: "orwatch ti ha mandato il riepilogo di una settimana. A quell’indirizzo non ne arriveranno altri; gli avvisi e il tuo account restano come sono.",
    submit: "Ferma il riepilogo",
    done: "A questo indirizzo il riepilogo settimanale non arriva più. Si può riattivare in Avvisi, Canali.",
    dead: "Questo link non vale più: il canale non c’è più, oppure dopo quella e-mail il riepilogo è stato disattivato o riattivato. Scegli cosa ricevere in Avvisi, Canali.",
    failed: "Il server non ha risposto. Riprova tra poco.",
    toApp: "Apri orwatch",
  },
};
