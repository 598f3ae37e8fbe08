/** The levels of NSIS and eIDAS, by the last word of what a login says of its strength; null for names that only the provider knows. */
export function levelOf(strength: string): 'low' | 'substantial' | 'high' | null {
  const [word = ''] = strength.toLowerCase().split(/[/:#]/).slice(-1);
  return word === 'low' || word === 'substantial' || word === 'high' ? word : null;
}
