/** What a price is with VAT, in øre, rounded to the nearest. @param vat percent */
export const withVat = (ore: number, vat: number): number => Math.round((ore * (100 + vat)) / 100);
