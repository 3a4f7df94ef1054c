/** What a deed may want before it is sent once more: password and code again, or a new log-in. */
export type Wanted = "confirm" | "logIn";
type Asker = (wanted: Wanted, answer: (isGiven: boolean) => void) => void;

let asker: Asker | null = null;

/** Who shows the dialogs that ask; `null` when nobody does any more. */
export function setAsker(next: Asker | null) {
  asker = next;
}

/** True once it was given; false when the person turned away. Several at once are one question. */
export const askFor = (wanted: Wanted): Promise<boolean> =>
  new Promise((resolve) => {
    if (asker) asker(wanted, resolve);
    else resolve(false);
  });
