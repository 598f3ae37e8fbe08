import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { fromCursor, pageFrom, pageQuery, toCursor } from './page.ts';

const byNameAndId = z.tuple([z.string(), z.guid()]);
const craft = (text: string) => btoa(encodeURIComponent(text)).replaceAll('=', '');

describe('page cursors', () => {
  test('a cursor gives back exactly the values it was made of, whatever letters they have', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((name) => !name.includes('\u0000')),
        fc.uuid(),
        (name, id) => {
          expect(fromCursor(toCursor([name, id]), byNameAndId)).toEqual([name, id]);
        },
      ),
    );
  });

  test('a cursor stands in a URL as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (name, position) => {
        expect(toCursor([name, position])).toMatch(/^[A-Za-z0-9_-]+$/);
      }),
    );
  });

  test('what is no cursor of ours reads as nothing and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fromCursor(text, byNameAndId)).toBeNull();
      }),
    );
    expect(fromCursor(toCursor(['only a name']), byNameAndId)).toBeNull();
    expect(fromCursor(toCursor([1, 'x']), byNameAndId)).toBeNull();
  });

  test('a cursor cannot carry what the database does not store: NUL, half a character', () => {
    const id = '01990000-0000-7000-8000-000000000101';
    expect(fromCursor(craft(`["a\\u0000b","${id}"]`), byNameAndId)).toBeNull();
    expect(fromCursor(craft(`["a\\ud800b","${id}"]`), byNameAndId)).toBeNull();
  });

  test('the row beyond the page is cut, and its presence is the only thing that makes a next page', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 10 }), (total, limit) => {
        const fetched = Array.from({ length: total }, (_, index) => index).slice(0, limit + 1);
        const page = pageFrom(fetched, limit, (last) => [last]);
        expect(page.items).toEqual(fetched.slice(0, limit));
        expect(page.next).toBe(total > limit ? toCursor([limit - 1]) : null);
      }),
    );
  });

  test('a page has 50 rows unless asked, and never more than 200', () => {
    const query = z.object(pageQuery);
    expect(query.parse({}).limit).toBe(50);
    expect(query.parse({ limit: '200' }).limit).toBe(200);
    for (const limit of ['0', '201', '1.5', 'many', '']) expect(query.safeParse({ limit }).success, limit).toBe(false);
  });
});
