import type { failures } from './contract.ts';

/** What a server's three digits or the code of a broken line mean to a reader (RFC 5321, 4.2.1). */
export function failureOf(because: string | null): (typeof failures)[number] | null {
  if (because === null) return null;
  if (because === 'withheld') return 'withheld';
  if (/^5\d\d$/.test(because)) return 'refused';
  if (/^4\d\d$/.test(because)) return 'busy';
  return /^E(CONN|TIMEDOUT|DNS|SOCKET|HOST|NET|AUTH|TLS|NOTFOUND|AI_)/.test(because) ? 'unreachable' : 'other';
}
