import { expect, test } from 'vitest';
import { levelOf } from './rules.ts';

test.each([
  ['https://data.gov.dk/concept/core/nsis/Substantial', 'substantial'],
  ['https://data.gov.dk/concept/core/nsis/High', 'high'],
  ['http://eidas.europa.eu/LoA/low', 'low'],
  ['urn:example:mitid:substantial', 'substantial'],
  ['https://refeds.org/profile/mfa', null],
  ['insubstantial', null],
  ['', null],
])('%s is the level %s', (strength, level) => expect(levelOf(strength)).toBe(level));
