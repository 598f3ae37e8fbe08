import { words } from '../../../kit/words.ts';

const danishWhere = (address: string) => `Var det ikke dig, så log ind og se efter under »Adgangsnøgler« og »Her er du logget ind«, og sig det til dit center:\n${address}\n`;
const englishWhere = (address: string) => `If it was not you, sign in, look under “Passkeys” and “Where you are signed in”, and tell your centre:\n${address}\n`;

/** The mail that says that a way in was added or taken away. */
export const passkeyMail = words(
  {
    subject: { added: 'Ny adgangsnøgle til Vejnet', removed: 'En adgangsnøgle er fjernet' },
    text: {
      added: (name: string, passkey: string, address: string) => `Hej ${name}\n\nAdgangsnøglen »${passkey}« kan nu logge dig ind i Vejnet.\n\n${danishWhere(address)}`,
      removed: (name: string, passkey: string, address: string) => `Hej ${name}\n\nAdgangsnøglen »${passkey}« kan ikke længere logge dig ind i Vejnet.\n\n${danishWhere(address)}`,
    },
  },
  {
    subject: { added: 'New passkey for Vejnet', removed: 'A passkey was removed' },
    text: {
      added: (name: string, passkey: string, address: string) => `Hello ${name}\n\nThe passkey “${passkey}” can now sign you in to Vejnet.\n\n${englishWhere(address)}`,
      removed: (name: string, passkey: string, address: string) => `Hello ${name}\n\nThe passkey “${passkey}” can no longer sign you in to Vejnet.\n\n${englishWhere(address)}`,
    },
  },
);

export const passkeysWords = words(
  {
    title: 'Adgangsnøgler',
    lead: 'Log ind med fingeraftryk, ansigt eller skærmlås i stedet for en kode på mail. Nøglen bliver på din enhed.',
    none: 'Du har ingen adgangsnøgler endnu.',
    add: 'Tilføj en adgangsnøgle',
    unsupported: 'Denne browser kan ikke bruge adgangsnøgler.',
    made: (when: string) => `Tilføjet ${when}`,
    used: (when: string) => `Sidst brugt ${when}`,
    unused: 'Ikke brugt endnu',
    rename: 'Omdøb',
    renameNamed: (name: string) => `Omdøb ${name}`,
    name: 'Navn',
    save: 'Gem navnet',
    notSaved: 'Navnet er ikke gemt endnu',
    remove: 'Fjern',
    removeNamed: (name: string) => `Fjern ${name}`,
    removeTitle: 'Fjern adgangsnøglen?',
    removeText: (name: string) => `»${name}« kan så ikke logge dig ind mere. Slet den også på din enhed. Du får en mail om det.`,
    added: (name: string) => `Adgangsnøglen »${name}« er tilføjet.`,
    notAdded: 'Adgangsnøglen blev ikke lavet. Prøv igen, når du er klar.',
    use: 'Brug adgangsnøgle',
    notUsed: 'Adgangsnøglen blev ikke brugt. Prøv igen, eller log ind med en kode på mail.',
  },
  {
    title: 'Passkeys',
    lead: 'Sign in with a fingerprint, your face or the screen lock instead of a code by mail. The key stays on your device.',
    none: 'You have no passkeys yet.',
    add: 'Add a passkey',
    unsupported: 'This browser cannot use passkeys.',
    made: (when: string) => `Added ${when}`,
    used: (when: string) => `Last used ${when}`,
    unused: 'Not used yet',
    rename: 'Rename',
    renameNamed: (name: string) => `Rename ${name}`,
    name: 'Name',
    save: 'Save the name',
    notSaved: 'The name is not saved yet',
    remove: 'Remove',
    removeNamed: (name: string) => `Remove ${name}`,
    removeTitle: 'Remove the passkey?',
    removeText: (name: string) => `“${name}” can then no longer sign you in. Delete it on your device too. You will get a mail about it.`,
    added: (name: string) => `The passkey “${name}” is added.`,
    notAdded: 'The passkey was not made. Try again when you are ready.',
    use: 'Use a passkey',
    notUsed: 'The passkey was not used. Try again, or sign in with a code by mail.',
  },
);

export const passkeysProblems = words(
  {
    passkey_refused: 'Adgangsnøglen kunne ikke bruges. Prøv igen, eller log ind på en anden måde.',
    passkey_known: 'Den adgangsnøgle er allerede tilføjet.',
    passkeys_enough: 'Du har tyve adgangsnøgler. Fjern en, før du tilføjer en ny.',
  },
  {
    passkey_refused: 'The passkey could not be used. Try again, or sign in another way.',
    passkey_known: 'This passkey was added before.',
    passkeys_enough: 'You have twenty passkeys. Remove one before you add another.',
  },
);
