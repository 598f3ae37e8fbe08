/** Sixteen letters that are not taken for each other or for a digit, and make no words: no vowels, no C beside G, no Q. */
const letters = 'BDFGHJKLMNPRSTVX';

/** A secret of so many letters, four bits each, from as many random bytes. */
export const codeFrom = (bytes: Uint8Array): string => [...bytes].map((byte) => letters[byte & 15]).join('');

/** What somebody copied from paper: small letters, spaces and hyphens do not matter. */
export const readCode = (written: string): string => written.toUpperCase().replaceAll(/[\s-]/g, '');
export const codePattern = (length: number): RegExp => new RegExp(`^[${letters}]{${length}}$`);

/** In groups of four, the way it stands on paper: "BDFG-HJKL-MNPR". */
export const writtenCode = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1-');
