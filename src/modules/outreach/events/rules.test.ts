import { expect, test } from 'vitest';
import { letterFor } from './rules.ts';

test('2.41 every change of a place is said once, and what nobody was told of is not taken back', () => {
  expect(letterFor(null, 'invited')).toBe('invited');
  expect(letterFor(null, 'in1')).toBe('confirmed');
  expect(letterFor('invited', 'in1')).toBe('confirmed');
  expect(letterFor('in1', 'in2')).toBe('changed');
  expect(letterFor('waiting1', 'in1')).toBe('moved_up');
  expect(letterFor('waiting1', 'waiting2')).toBe('waiting');
  expect(letterFor('in2', 'out')).toBe('cancelled');
  expect(letterFor('out', 'in2')).toBe('confirmed');
  expect(letterFor('in1', 'off')).toBe('called_off');
  for (const [before, now] of [
    [null, 'out'],
    [null, 'off'],
    ['invited', 'out'],
    ['out', 'off'],
    ['in1', 'invited'],
  ] as const)
    expect(letterFor(before, now)).toBeNull();
});
