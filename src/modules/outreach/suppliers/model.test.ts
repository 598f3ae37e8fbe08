import { expect, test } from 'vitest';
import { readSuppliers } from './model.ts';

const read = (text: string) => readSuppliers(text).map(({ cvr, name, town, refusal }) => [cvr, name, town, refusal]);

test('2.29 a pasted line is a number, a name with its town, or all of them, however lists are written', () => {
  expect(read('12345674')).toEqual([['12345674', null, null, null]]);
  expect(read('DK 12 34 56 74\tBjergager Smede ApS\t9999 Limvig\r\n\r\n  Solhøj Maskinteknik; Tværby')).toEqual([
    ['12345674', 'Bjergager Smede ApS', 'Limvig', null],
    [null, 'Solhøj Maskinteknik', 'Tværby', null],
  ]);
  expect(read('Bjergager Smede, CVR-nr. 12345674, Havnevej 4, 9999 Limvig')).toEqual([['12345674', 'Bjergager Smede', 'Limvig', null]]);
  expect(read('3D Print Limvig | Limvig')).toEqual([[null, '3D Print Limvig', 'Limvig', null]]);
});

test('2.29 a wrong number is nobody’s; with a name beside it the name counts, and what is neither is refused', () => {
  expect(read('12345678')).toEqual([[null, null, null, 'cvr']]);
  expect(read('12345678 Bjergager Smede')).toEqual([[null, 'Bjergager Smede', null, null]]);
  expect(read('---')).toEqual([[null, null, null, 'empty']]);
  expect(readSuppliers(`${'x'.repeat(5000)}`)[0]?.written).toHaveLength(300);
});
