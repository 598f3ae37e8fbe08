import { describe, expect, test } from 'vitest';
import { kinds, namesCpr, nsisStrengths, readClaims, strongEnough, templates, wantedClaims } from './rules.ts';

describe('civil registration numbers', () => {
  test.each(['nemlogin.cpr', 'cpr', 'CPR', 'dk:gov:saml:attribute:CprNumberIdentifier', 'cprNumberIdentifier', 'schacPersonalUniqueID', 'ssn', 'openid ssn'])('%s may be one', (name) =>
    expect(namesCpr(name)).toBe(true),
  );
  test.each(['nemlogin.cvr', 'sub', 'email', 'cvrNumberIdentifier', 'openid nemlogin', 'uniid', 'lessness'])('%s is none', (name) => expect(namesCpr(name)).toBe(false));
  test('no template asks for one', () => {
    for (const kind of kinds) for (const text of Object.values(templates[kind])) expect(namesCpr(text), `${kind}: ${text}`).toBe(false);
  });
});

describe('how strong a login is', () => {
  test('everything is strong enough where nothing is asked for', () => {
    for (const said of [null, '', 'weak']) expect(strongEnough(said, [])).toBe(true);
  });
  test('else it must say one of the words, exactly', () => {
    for (const said of nsisStrengths) expect(strongEnough(said, nsisStrengths)).toBe(true);
    for (const said of [null, '', 'Substantial', 'https://data.gov.dk/concept/core/nsis/Low', nsisStrengths.join(' ')]) expect(strongEnough(said, nsisStrengths)).toBe(false);
  });
});

describe('what a provider says', () => {
  const mapping = { subjectClaim: 'sub', emailClaim: 'mail', companyClaim: 'nemlogin.cvr' };
  test('only the claims of the mapping are asked for, and whether the address is verified', () => {
    expect(wantedClaims(mapping)).toEqual(['sub', 'mail', 'email_verified', 'nemlogin.cvr']);
    expect(wantedClaims({ subjectClaim: 'sub', emailClaim: null, companyClaim: null })).toEqual(['sub']);
  });
  test.each([true, 'true', 1, 'yes', false, undefined])('an address counts only when it is verified: %j', (email_verified) => {
    expect(readClaims({ sub: 'a', mail: 'anna@skole.example', email_verified }, mapping)?.verifiedEmail).toBe(email_verified === true ? 'anna@skole.example' : null);
  });
  test('a person whom nothing tells apart is nobody', () => {
    for (const sub of [undefined, null, '', ' ', {}, [], ['a', 'b'], 'x'.repeat(501)]) expect(readClaims({ sub }, mapping)).toBeNull();
    expect(readClaims({ sub: ['only'] }, mapping)?.subject).toBe('only');
  });
  test('a company number may be a number or bear its country', () => {
    for (const cvr of ['12345674', 12_345_674, 'DK12345674']) expect(readClaims({ sub: 'a', 'nemlogin.cvr': cvr }, mapping)?.company).toBe('12345674');
  });
});
