import * as z from 'zod';

/** Text that may be left out: trimmed, and nothing at all is null. */
export const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .default(null);
