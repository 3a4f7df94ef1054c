type Asker = (answer: (isConfirmed: boolean) => void) => void;

let asker: Asker | null = null;

/** Who shows the dialog that asks for password and code again; `null` when nobody does any more. */
export function setAsker(next: Asker | null) {
  asker = next;
}

/** True once password and code were given again; false when the person turned away. Several at once are one question. */
export const askToConfirm = (): Promise<boolean> =>
  new Promise((resolve) => {
    if (asker) asker(resolve);
    else resolve(false);
  });
