import type { Section } from '../../../kit/industries.ts';
import { type ProvisionLine, taughtFields } from '../../catalogue/provision/contract.ts';
import { covers } from '../../catalogue/provision/rules.ts';

/** How many companies of an industry there are in a municipality. */
export interface Market {
  section: Section;
  municipality: string;
  companies: number;
}

const offering = (schools: readonly string[], lines: readonly ProvisionLine[], wanted: { field: ProvisionLine['field']; section: Section; municipality: string }) =>
  schools.filter((school) => lines.some((line) => line.school === school && covers(line, wanted)));

/** The schools that offer a field, industry by municipality. */
export const cellsOfField = <S extends string>(schools: readonly S[], lines: readonly ProvisionLine[], market: readonly Market[], field: ProvisionLine['field']) =>
  market.map((each) => ({ ...each, schools: offering(schools, lines, { field, ...each }) as S[] }));

/**
 * How alike two schools' offers are (row 3.09): of the companies that either has something for, field by field, the part that both have something for – the
 * Jaccard index, weighted by companies. 0: they never meet; 1: they offer the same to the same.
 */
export function pairsOf<S extends string>(schools: readonly S[], lines: readonly ProvisionLine[], market: readonly Market[]): { one: S; other: S; share: number }[] {
  const cells = taughtFields.flatMap((field) => cellsOfField(schools, lines, market, field));
  return schools.flatMap((one, at) =>
    schools.slice(at + 1).map((other) => {
      let [both, either] = [0, 0];
      for (const { schools: there, companies } of cells) {
        const [first, second] = [there.includes(one), there.includes(other)];
        if (first && second) both += companies;
        if (first || second) either += companies;
      }
      return { one, other, share: either === 0 ? 0 : Math.round((both / either) * 100) / 100 };
    }),
  );
}
