export const languages = ['da', 'en'] as const;
export type Language = (typeof languages)[number];

// biome-ignore lint/suspicious/noExplicitAny: only the shape of the arguments is compared
type AnySentence = (...facts: any[]) => string;
/** The English half must have every key of the Danish half, and each sentence the same facts. */
type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : T[K] extends AnySentence ? (...facts: Parameters<T[K]>) => string : SameKeys<T[K]> };

export interface Words<T> {
  da: T;
  en: SameKeys<T>;
}

/** The words of a concern in both languages; a missing translation does not compile. */
export const words = <T>(da: T, en: SameKeys<T>): Words<T> => ({ da, en });
export const inLanguage = <T>(both: Words<T>, language: Language): SameKeys<T> => (language === 'da' ? (both.da as SameKeys<T>) : both.en);
