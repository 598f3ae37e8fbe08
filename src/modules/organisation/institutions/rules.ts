/** Names under which providers give out civil registration numbers: cpr in any spelling, WAYF's schacPersonalUniqueID, a broker's ssn. Never asked for, kept or logged. */
export const namesCpr = (name: string): boolean => /cpr|personaluniqueid|(^|[^a-z])ssn([^a-z]|$)/i.test(name);

export const kinds = ['mitid_erhverv', 'unilogin', 'wayf', 'other'] as const;
type Kind = (typeof kinds)[number];

/** What the usual providers call things; a centre may write it otherwise. */
export const templates: Record<Kind, { scope: string; idpValues: string; subjectClaim: string; emailClaim: string; companyClaim: string; strengthClaim: string }> = {
  mitid_erhverv: {
    scope: 'openid nemlogin',
    idpValues: 'mitid_erhverv',
    subjectClaim: 'nemlogin.persistent_professional_id',
    emailClaim: 'nemlogin.email',
    companyClaim: 'nemlogin.cvr',
    strengthClaim: 'loa',
  },
  unilogin: { scope: 'openid', idpValues: '', subjectClaim: 'uniid', emailClaim: '', companyClaim: '', strengthClaim: 'loa' },
  wayf: { scope: 'openid email', idpValues: '', subjectClaim: 'sub', emailClaim: 'mail', companyClaim: 'cvrNumberIdentifier', strengthClaim: 'acr' },
  other: { scope: 'openid email', idpValues: '', subjectClaim: 'sub', emailClaim: 'email', companyClaim: '', strengthClaim: 'acr' },
};

/** From "substantial" on, by Denmark's standard for levels of assurance (NSIS), as MitID's brokers write them. */
export const nsisStrengths = ['https://data.gov.dk/concept/core/nsis/Substantial', 'https://data.gov.dk/concept/core/nsis/High'];

/** Whether a login is as strong as it must be. One that says nothing is not; levels are compared as they are written, because every provider has names of its own. */
export const strongEnough = (said: string | null, strengths: readonly string[]): boolean => strengths.length === 0 || (said !== null && strengths.includes(said));

interface Mapping {
  subjectClaim: string;
  emailClaim: string | null;
  companyClaim: string | null;
}
/** The claims that are read, and no other. */
export const wantedClaims = ({ subjectClaim, emailClaim, companyClaim }: Mapping): string[] => [
  ...new Set([subjectClaim, ...(emailClaim === null ? [] : [emailClaim, 'email_verified']), ...(companyClaim === null ? [] : [companyClaim])]),
];

/** The text of a claim, or null. */
export function readText(value: unknown): string | null {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value; // WAYF's attributes are lists
  return typeof one === 'string' && one.trim() !== '' && one.length <= 500 ? one.trim() : typeof one === 'number' ? String(one) : null;
}

/**
 * Who a provider says it is.
 * @returns null where the claim that tells persons apart is missing. An address counts only where `email_verified` is true itself, not a word that looks like it
 */
export function readClaims(claims: Record<string, unknown>, { subjectClaim, emailClaim, companyClaim }: Mapping): { subject: string; verifiedEmail: string | null; company: string | null } | null {
  const text = (name: string | null) => readText(name === null ? undefined : claims[name]);
  const subject = text(subjectClaim);
  if (subject === null) return null;
  return { subject, verifiedEmail: claims.email_verified === true ? text(emailClaim) : null, company: text(companyClaim)?.replace(/^DK/i, '') ?? null };
}
