import * as z from 'zod';

/** Lists answer up to `limit` rows and a cursor to the next; no total, because counting costs more than the page. A cursor of 300 letters outside ASCII has some 3,700 signs. */
export const pageQuery = { cursor: z.string().max(5000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

/** A keyset cursor: the sort values of the last row, opaque to the client, safe in a URL. */
export const toCursor = (values: readonly (string | number)[]): string =>
  btoa(encodeURIComponent(JSON.stringify(values)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Reads a cursor back by the shape its list uses; null when it is none of ours. */
export function fromCursor<T>(cursor: string, shape: z.ZodType<T>): T | null {
  try {
    const values: unknown = JSON.parse(decodeURIComponent(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))));
    // The check of the request's text does not see inside a cursor: the database stores neither NUL nor half a character.
    if (!Array.isArray(values) || values.some((value) => typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed()))) return null;
    const read = shape.safeParse(values);
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Cuts the row that was fetched to know whether there is more (limit + 1). */
export function pageFrom<Row>(rows: Row[], limit: number, key: (last: Row) => readonly (string | number)[]): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? toCursor(key(last)) : null };
}
