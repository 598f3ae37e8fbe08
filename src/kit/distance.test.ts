import { expect, test } from 'vitest';
import { roadKm } from './distance.ts';

const copenhagen = { latitude: 55.6761, longitude: 12.5683 };
const aarhus = { latitude: 56.1629, longitude: 10.2039 };

test('kilometres by road are the great circle and three tenths more, the same both ways, and none to where one is', () => {
  expect(roadKm(copenhagen, aarhus)).toBeCloseTo(1.3 * 156.6, -1);
  expect(roadKm(aarhus, copenhagen)).toBeCloseTo(roadKm(copenhagen, aarhus), 9);
  expect(roadKm(aarhus, aarhus)).toBe(0);
});
