import type { failures } from './contract.ts';

type Failure = (typeof failures)[number];

/** What a server's three digits or the code of a broken line mean to a reader (RFC 5321, 4.2.1). */
export function failureOf(because: string | null): Failure | null {
  if (because === null) return null;
  if (because === 'withheld') return 'withheld';
  if (/^5\d\d$/.test(because)) return 'refused';
  if (/^4\d\d$/.test(because)) return 'busy';
  return /^E(CONN|TIMEDOUT|DNS|SOCKET|HOST|NET|AUTH|TLS|NOTFOUND|AI_)/.test(because) ? 'unreachable' : 'other';
}

/** What three numbers of a server mean that gave a mail back (RFC 3463). 4.x.x is what it waited for until it gave up. */
export function returnedBecause(status: string): Failure {
  if (/^5\.(1\.([12346]|10)|2\.1|4\.4)$/.test(status)) return 'no_address';
  if (/\.2\.2$/.test(status)) return 'full';
  if (/\.(2\.3|3\.4)$/.test(status)) return 'too_large';
  if (/^4\.|^5\.4\.7$/.test(status)) return 'expired';
  return status.startsWith('5.7.') ? 'blocked' : 'given_back';
}
