import { describe, expect, test } from 'vitest';
import { inLanguage, words } from './words.ts';

const some = words({ save: 'Gem', found: (count: number) => `${count} fundet` }, { save: 'Save', found: (count) => `${count} found` });

describe('words', () => {
  test('each language gives its own half, sentences included', () => {
    expect(inLanguage(some, 'da').save).toBe('Gem');
    expect(inLanguage(some, 'en').found(3)).toBe('3 found');
  });

  test('a missing translation does not compile', () => {
    // @ts-expect-error the English half lacks "save"
    words({ save: 'Gem' }, {});
  });
});
