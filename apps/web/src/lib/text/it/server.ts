import type { Texts } from "../all.ts";
import { channelsFromServer } from "./server-channels.ts";

/** What the server says, sentence by sentence: its answers are English, for programs too. Longer sentences come before their parts. */
export const fromServer: Texts["fromServer"] = [
  [/E-mail address or password is wrong\./, "L’indirizzo e-mail o la password è sbagliata."],
  [
    /This e-mail address already has an account; log in instead\./,
    "Questo indirizzo e-mail ha già un account: accedi.",
  ],
  [
    /Registration is closed on this server; ask its administrator\./,
    "Su questo server le registrazioni sono chiuse; chiedi a chi lo amministra.",
  ],
  [/Unknown parameter (.*)\. Did you mean (.*)\?/, "Parametro sconosciuto: $1. Intendevi $2?"],
  [/Unknown parameter (.*)\. None is taken here\./, "Parametro sconosciuto: $1. Qui non ne è previsto nessuno."],
  [/Unknown parameter (.*)\. Valid: (.*)\./, "Parametro sconosciuto: $1. Validi: $2."],
  [/must name at least one; leave it out for (?:all|the single rows)/, "deve contenere almeno un elemento"],
  [/must not be empty/, "non può essere vuoto"],
  [/This account no longer exists\./, "Questo account non esiste più."],
  [
    /The server's database is damaged; who runs the server has to restore the newest copy of it\. Other pages may still work\./,
    "Il database del server è danneggiato: chi gestisce il server deve ripristinare la copia più recente. Altre pagine possono funzionare ancora.",
  ],
  [
    /The server's disk cannot be read, so this cannot be answered; who runs the server has to look at it\./,
    "Il disco del server non si legge, quindi non c’è risposta: chi gestisce il server deve controllarlo.",
  ],
  [
    /The stored password of this account is damaged; who runs the server has to reset it or restore a copy\./,
    "La password memorizzata di questo account è danneggiata: chi gestisce il server deve reimpostarla o ripristinare una copia.",
  ],
  [/The password is wrong; nothing was changed\./, "La password è sbagliata; non è cambiato nulla."],
  [
    /The password was changed at this moment; nothing else was\./,
    "La password è stata cambiata proprio ora; nient’altro lo è stato.",
  ],
  [
    /This account has changed at this moment; log in again\./,
    "Questo account è cambiato proprio ora; accedi di nuovo.",
  ],
  [
    /holds a key or token, which does not belong here: all of this is kept readable/,
    "contiene una chiave o un token, che qui non va messo: tutto questo resta leggibile",
  ],
  [
    /Something broke on our side; nothing was changed\. Quote the request id when you report it\./,
    "Qualcosa si è guastato sul server; non è cambiato nulla. Se lo segnali, indica l’ID della richiesta.",
  ],
  [
    /This request came from another site and was refused: its page is of (.+), the Host it was sent to is (.+), and PUBLIC_URL is (.+)\. If that page is this server's own, set PUBLIC_URL to its address, or let the proxy pass the Host header on\./,
    "La richiesta veniva da un altro sito ed è stata rifiutata: la pagina è di $1, l’Host a cui è stata inviata è $2, PUBLIC_URL è $3. Se la pagina è di questo server, imposta PUBLIC_URL al suo indirizzo o fai passare l’intestazione Host al proxy.",
  ],
  [
    /This code is wrong, or was used already; wait for the next one\./,
    "Questo codice è sbagliato o è già stato usato; aspetta il prossimo.",
  ],
  [
    /This code is not right\. Check that the clock of the device is, and type the code it shows now\./,
    "Questo codice non è giusto. Controlla l’orologio del dispositivo e scrivi il codice che mostra adesso.",
  ],
  [/The set-up has run out of time; begin it again\./, "Il tempo per l’attivazione è scaduto; ricomincia."],
  [/The second factor is on already; switch it off first\./, "Il secondo fattore è già attivo; prima disattivalo."],
  [/The second factor is not on\./, "Il secondo fattore non è attivo."],
  [
    /This account is switched off; ask the administrator of this server\./,
    "Questo account è disattivato; chiedi a chi amministra questo server.",
  ],
  [/Only the administrator of this server may do this\./, "Solo chi amministra questo server può farlo."],
  [/Confirm that it is you first: .*/, "Prima conferma che sei tu, con la password e un codice."],
  [/You cannot switch off your own account\./, "Non puoi disattivare il tuo account."],
  [/There is no such user\./, "Questo utente non esiste."],
  [/There is no such session, or it has ended\./, "Questa sessione non esiste o è terminata."],
  [
    /is too common: it is a well-known word with digits or signs at its end; choose several words/,
    "è troppo comune: è una parola nota con cifre o segni in fondo; scegli più parole",
  ],
  [/There is no such key\./, "Questa chiave non esiste."],
  [/There is no such API token\./, "Questo token API non esiste."],
  [/You have this key already, as "(.*)"\./, "Hai già questa chiave, con il nome «$1»."],
  [/You have this key already\./, "Hai già questa chiave."],
  [
    /You have (\d+) keys?, the most this server allows \(MAX_API_KEYS_PER_USER\)\. Delete one first\./,
    "Hai $1 chiavi, il massimo che questo server permette (MAX_API_KEYS_PER_USER). Prima eliminane una.",
  ],
  [
    /You have (\d+) API tokens, the most this server allows\. Revoke one first\./,
    "Hai $1 token API, il massimo che questo server permette. Prima revocane uno.",
  ],
  [/This key is switched off; switch it on to sync it\./, "Questa chiave è disattivata; attivala per sincronizzarla."],
  [
    /This key cannot be decrypted: .*/,
    "Questa chiave non si può decifrare: ENCRYPTION_KEY non è quella con cui è stata conservata. Fai rimettere quella, o aggiungi di nuovo la chiave: la sua storia resta.",
  ],
  [
    /OpenRouter does not accept this key\. Check that it was copied whole and is neither disabled, expired nor deleted\./,
    "OpenRouter non accetta questa chiave. Controlla che sia stata copiata per intero e che non sia disattivata, scaduta o eliminata.",
  ],
  [/OpenRouter does not accept this key\./, "OpenRouter non accetta questa chiave."],
  [/OpenRouter does not allow this key to ask that\./, "OpenRouter non permette a questa chiave di chiederlo."],
  [/OpenRouter does not know it\./, "OpenRouter non la conosce."],
  [/OpenRouter asks us to slow down\./, "OpenRouter ci chiede di rallentare."],
  [/OpenRouter took too long\./, "OpenRouter ci ha messo troppo."],
  [/OpenRouter has a fault of its own \(status (\d+)\)\./, "OpenRouter ha un guasto suo (stato $1)."],
  [/OpenRouter answered with status (\d+)\./, "OpenRouter ha risposto con lo stato $1."],
  [/OpenRouter did not answer for (\d+) s\./, "OpenRouter non ha risposto per $1 s."],
  [/OpenRouter cannot be reached\./, "OpenRouter non è raggiungibile."],
  [
    /OpenRouter cannot be reached: the proxy does not answer; check HTTPS_PROXY and HTTP_PROXY\./,
    "OpenRouter non è raggiungibile: il proxy non risponde; controlla HTTPS_PROXY e HTTP_PROXY.",
  ],
  [
    /OpenRouter cannot be reached: the proxy answered with status (\d+); check HTTPS_PROXY and HTTP_PROXY\./,
    "OpenRouter non è raggiungibile: il proxy ha risposto con lo stato $1; controlla HTTPS_PROXY e HTTP_PROXY.",
  ],
  [
    /A web page came instead of an answer of OpenRouter's API \(status (\d+)\); the administrator of this server should check OPENROUTER_API_URL\./,
    "Al posto di una risposta dell’API di OpenRouter è arrivata una pagina web (stato $1); chi amministra questo server dovrebbe controllare OPENROUTER_API_URL.",
  ],
  [/OpenRouter's answer could not be read\./, "La risposta di OpenRouter non è leggibile."],
  [
    /OpenRouter's answer is larger than such an answer can be\./,
    "La risposta di OpenRouter è più grande di quanto possa essere.",
  ],
  [/OpenRouter left (.*?) out of its usage data\./, "OpenRouter ha omesso $1 dai dati di utilizzo."],
  [
    /OpenRouter answered for (\S+) when asked for (\S+) to (\S+); nothing was changed\./,
    "OpenRouter ha risposto per il $1 a una richiesta dal $2 al $3; non è cambiato nulla.",
  ],
  [
    /OpenRouter's usage data for (\S+) is larger than a key can use in a day\./,
    "I dati di utilizzo di OpenRouter per il $1 superano quanto una chiave può usare in un giorno.",
  ],
  [
    /OpenRouter's analytics has more rows than can be read\./,
    "Le statistiche di OpenRouter hanno più righe di quante se ne possano leggere.",
  ],
  [
    /OpenRouter's \/activity answers for the whole account and not for this key; it was not used\./,
    "/activity di OpenRouter risponde per l’intero account e non per questa chiave; non è stata usata.",
  ],
  [
    /OpenRouter's counters contradict each other \(an amount is negative or too large, or a day has more than all time\); they were not used\./,
    "I contatori di OpenRouter si contraddicono (un importo è negativo o troppo grande, o un giorno supera il totale); non sono stati usati.",
  ],
  [
    /The sync failed inside orwatch, which the server's log explains; the next sync tries again\./,
    "La sincronizzazione è fallita dentro orwatch: il log del server dice perché. La prossima riprova.",
  ],
  [
    /OpenRouter now reports (\S+) less than before for (.*?)\. What was stored stays until OpenRouter confirms it\./,
    "OpenRouter ora riporta $1 in meno di prima per $2. Quanto era registrato resta finché OpenRouter non lo conferma.",
  ],
  [
    /OpenRouter's answer is dated (\d+) (day|hour|minute)s? (ahead|back); no usage was taken from it\./,
    "La data della risposta di OpenRouter non è quella attesa ($1 $2 $3); non ne è stato preso alcun utilizzo.",
  ],
  [/OpenRouter's list does not end\./, "L’elenco di OpenRouter non finisce."],
  [
    /OpenRouter's analytics warned that its answer may be incomplete\./,
    "Le statistiche di OpenRouter avvertono che la risposta può essere incompleta.",
  ],
  [
    /OpenRouter's analytics cannot answer for (\S+) in full\./,
    "Le statistiche di OpenRouter non rispondono per intero per il $1.",
  ],
  [
    /OpenRouter's analytics gave no complete total\./,
    "Le statistiche di OpenRouter non hanno dato un totale completo.",
  ],
  [
    /OpenRouter's totals and models disagree for (.*?); those days keep what they had\./,
    "I totali e i modelli di OpenRouter non coincidono per $1; quei giorni restano com’erano.",
  ],
  [
    /OpenRouter no longer has this key; its history is kept\./,
    "OpenRouter non ha più questa chiave; la sua storia resta.",
  ],
  [
    /OpenRouter refused it at (.*?)\. If it does so again, it counts as invalid\./,
    "OpenRouter l’ha rifiutata: $1. Se lo fa di nuovo, vale come non valida.",
  ],
  [/OpenRouter refuses it since (.*?): /, "OpenRouter la rifiuta dal $1: "],
  [/it was deleted, disabled or has expired/, "è stata eliminata, disattivata o è scaduta"],
  [/it was deleted there/, "lì è stata eliminata"],
  [
    /The server was stopped before OpenRouter had answered\./,
    "Il server è stato fermato prima della risposta di OpenRouter.",
  ],
  [/The key was not checked; try again later\./, "La chiave non è stata controllata; riprova più tardi."],
  [/Not checked yet: /, "Non ancora controllata: "],
  [/The next sync tries again\./, "La prossima sincronizzazione riprova."],
  [/Sees 1 key of its account; /, "Vede 1 chiave del suo account; "],
  [/Sees (.+?) keys of its account; /, "Vede $1 chiavi del suo account; "],
  [/Credits: /, "Credito: "],
  [/(\d+) watched here\./, "osservate qui: $1."],
  [
    /The server stopped while it ran; the next (start makes it up|run takes over)\./,
    "Il server si è fermato durante l’esecuzione; la prossima recupera.",
  ],
  [
    /It broke; the server's log says why\. The next run tries again\./,
    "Si è guastata; il perché è nel registro del server. La prossima esecuzione riprova.",
  ],
  ...channelsFromServer,
  [/There is no such channel\./, "Questo canale non esiste."],
  [/There is no such rule\./, "Questa regola non esiste."],
  [/ must be an e-mail address\./, ": deve essere un indirizzo e-mail."],
  [/ must have at most (\d+) characters\./, ": al massimo $1 caratteri."],
  [/ must have at least (\d+) characters\./, ": almeno $1 caratteri."],
  [/ is missing\./, ": manca."],
  [/ is not the same as the (new )?password\./, ": non è uguale alla password."],
];
