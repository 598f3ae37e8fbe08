/** What a price is with VAT, in øre, rounded to the nearest. @param vat percent */
export const withVat = (ore: number, vat: number): number => Math.round((ore * (100 + vat)) / 100);
/** Øre as kroner on paper: 1.900,00. */
export const paperKroner = (ore: number): string => new Intl.NumberFormat('da-DK', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(ore / 100);
/** Øre as kroner for a Danish spreadsheet, which wants no points: 1900,00. */
export const sheetKroner = (ore: number): string => (ore / 100).toFixed(2).replace('.', ',');
