import { makeExtract } from '../demo/extract.ts';
import { cvrServer, municipalitiesOf } from '../tests/support/cvr-server.ts';

type Hit = Awaited<ReturnType<typeof cvrServer>>['state']['hits'][number];
interface Facts {
  navne: { navn: string; periode: object }[];
  beliggenhedsadresse: object[];
  hovedbranche: object[];
}

/** Where the companies of a journey lie: in the area of the centre that walks it, and of no other. */
const places = {
  da: { postnummer: 7621, postdistrikt: 'Limvig', kommune: { kommuneKode: 665, kommuneNavn: 'LEMVIG' } },
  en: { postnummer: 7401, postdistrikt: 'Lyngsø', kommune: { kommuneKode: 657, kommuneNavn: 'HERNING' } },
};

const period = (gyldigFra: string, gyldigTil: string | null = null) => ({ periode: { gyldigFra, gyldigTil } });

/** Made-up companies that neither the demonstration nor its sample has, two for each journey. */
const made = makeExtract(404).slice(400);

/**
 * What CVR knows in the journey of one language: a company that has a new name, address and industry when it is asked for a second time, and another name a third time; one that
 * only the area brings; and numbers that it has no time for, and does not know.
 */
export function atCvr(language: 'da' | 'en') {
  const [changing, fresh] = made.slice(language === 'da' ? 0 : 2);
  if (changing === undefined || fresh === undefined) throw new Error('there are two for each journey');
  const names =
    language === 'da'
      ? ['Mosevangens Bødkeri', 'Mosevangens Træfade ApS', 'Mosevangens Fade og Kar ApS', 'Bækdalens Vævestue']
      : ['Hedehusets Bødkeri', 'Hedehusets Træfade ApS', 'Hedehusets Fade og Kar ApS', 'Lyngens Vævestue'];
  const [first = '', second = '', third = '', other = ''] = names;
  const factsOf = (whole: object) => Object.values((whole as { _source: Record<string, Facts> })._source)[0] as Facts;
  const placed = (hits: readonly object[], change: (facts: Facts) => void) =>
    hits.map((hit) => {
      const copy = structuredClone(hit);
      const facts = factsOf(copy);
      facts.beliggenhedsadresse = [{ vejnavn: 'Bødkervej', husnummerFra: 3, ...places[language], ...period('2012-04-01') }];
      change(facts);
      return copy as Hit;
    });
  const crates = { branchekode: '162400', branchetekst: 'Fremstilling af træemballage' };
  const version = (name: string) =>
    placed([changing.hit, changing.unit], (facts) => {
      facts.navne = [{ navn: name, ...period('2012-04-01') }];
      facts.hovedbranche = [{ ...crates, ...period('2012-04-01') }];
    });
  const moved = (latest: string) =>
    placed([changing.hit, changing.unit], (facts) => {
      facts.navne = [
        { navn: first, ...period('2012-04-01', '2026-08-31') },
        { navn: second, ...period('2026-09-01', latest === second ? null : '2026-10-31') },
        ...(latest === second ? [] : [{ navn: latest, ...period('2026-11-01') }]),
      ];
      const [old] = facts.beliggenhedsadresse;
      facts.beliggenhedsadresse = [
        { ...old, ...period('2012-04-01', '2026-08-31') },
        { vejnavn: 'Savværksvej', husnummerFra: 18, ...places[language], ...period('2026-09-01') },
      ];
      facts.hovedbranche = [
        { ...crates, ...period('2012-04-01', '2026-08-31') },
        { branchekode: '162900', branchetekst: 'Fremstilling af andre varer af træ', ...period('2026-09-01') },
      ];
    });
  return {
    number: changing.cvr,
    names: { first, second, third, other },
    municipality: places[language].kommune.kommuneKode,
    versions: [version(first), moved(second), moved(third)],
    fresh: placed([fresh.hit, fresh.unit], (facts) => void (facts.navne = [{ navn: other, ...period('2012-04-01') }])),
    busy: '88000129',
    unknown: '88000137',
  };
}

/** CVR for all journeys. An area is answered once its journey has seen that it is asked: POST /go-on/MUNICIPALITY. */
export async function openCvr() {
  const { state, answer, url, close } = await cvrServer();
  const journeys = [atCvr('da'), atCvr('en')].map((known) => ({ ...known, asked: 0, goOn: Promise.withResolvers<void>() }));
  state.instead = ({ path, ...question }, response) => {
    const released = journeys.find(({ municipality }) => path === `/go-on/${municipality}`);
    if (released !== undefined) {
      released.goOn.resolve();
      response.end();
      return;
    }
    const one = question.body.query?.term?.['Vrvirksomhed.cvrNummer'];
    const area = municipalitiesOf(question.body);
    const about = journeys.find(({ number, municipality }) => String(one) === number || area?.includes(municipality));
    if (about !== undefined) about.asked += 1;
    state.hits = journeys.flatMap(({ versions, asked, fresh }) => [...(versions[Math.min(asked, versions.length) - 1] ?? []), ...fresh]);
    if (journeys.some(({ busy }) => String(one) === busy)) response.writeHead(503).end();
    else if (area !== undefined) void about?.goOn.promise.then(() => answer({ path, ...question }, response));
    else answer({ path, ...question }, response);
  };
  return { url, close };
}
