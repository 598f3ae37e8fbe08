import { createHash, randomBytes } from 'node:crypto';
import { type Intake, intakeNames } from './config.ts';
import type { KeyedHash } from './keyed-hash.ts';

/** Letters that survive a server which makes everything small: base32 (RFC 4648) without padding, 20 bytes in 32 letters. */
const letters = 'abcdefghijklmnopqrstuvwxyz234567';
function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)]).join('');
}

/** 160 bits that nobody guesses. */
export const newToken = (): string => base32(randomBytes(20));

/** All that is kept of a secret. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** As many that can be worked out again with the installation's key, and without it not. */
export const derivedToken = (keyedHash: KeyedHash, about: string): string => base32(keyedHash(`secret address of ${about}`).subarray(0, 20));

/** Reports go to the configured address. */
const { answers, returns } = intakeNames;
const partsOf = ({ address }: Intake) => address.split('@') as [string, string];
export const reportAddress = (intake: Intake, token: string): string => partsOf(intake).join(`+${token}@`);
export const answerAddress = (intake: Intake, token: string): string => `${answers}+${token}@${partsOf(intake)[1]}`;

/** Where a mail comes back to when it reaches nobody: the sender on its envelope. */
export const returnAddress = (intake: Intake, token: string): string => `${returns}+${token}@${partsOf(intake)[1]}`;

/** Whether an address is one of the intake's, with or without a secret. */
export function isIntake(intake: Intake, address: string): boolean {
  const [local = '', domain] = address.toLowerCase().split('@');
  const [own, ownDomain] = partsOf(intake);
  return domain === ownDomain && [own, answers, returns].includes(local.split('+')[0] ?? '');
}

/** Every secret that stands in one of the intake's addresses within a text, ten at most. */
export function tokensIn(intake: Intake, text: string): { reports: string[]; answers: string[]; returns: string[] } {
  const [own, domain] = partsOf(intake);
  const found: { reports: string[]; answers: string[]; returns: string[] } = { reports: [], answers: [], returns: [] };
  let looked = 0;
  for (const [, local = '', token = '', at = ''] of text.toLowerCase().matchAll(/(?<![a-z0-9._+-])([a-z0-9._-]{1,20})\+([a-z2-7]{32})@([a-z0-9.-]{1,200})/g)) {
    if (at !== domain || looked >= 10) continue;
    const list = local === answers ? found.answers : local === returns ? found.returns : local === own ? found.reports : null;
    if (list === null || list.includes(token)) continue;
    list.push(token);
    looked += 1;
  }
  return found;
}
