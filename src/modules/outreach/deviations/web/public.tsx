import { useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { deviationsWords } from '../words.ts';

/** The way to the report, for pages about capacity and the rule. */
export function SeeDeviations() {
  const w = useWords(deviationsWords);
  return <NameLink to="/assignment-deviations">{w.see}</NameLink>;
}
