/** Made-up companies in the shape of CVR's own index, the same at every run: the demonstration's register, and a file to import. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

interface Place {
  town: string;
  postcode: number;
  municipality: number;
  name: string;
}
/** Towns that do not exist, in municipalities that do, so that filters and maps have something to show. */
export const places: Place[] = [
  { town: 'Limvig', postcode: 7621, municipality: 665, name: 'Lemvig' },
  { town: 'Tværby', postcode: 7611, municipality: 671, name: 'Struer' },
  { town: 'Nordhavn', postcode: 7521, municipality: 661, name: 'Holstebro' },
  { town: 'Aabølle', postcode: 7651, municipality: 671, name: 'Struer' },
  { town: 'Østerå', postcode: 7661, municipality: 665, name: 'Lemvig' },
];

interface Trade {
  words: string[];
  db07: [string, string];
  db25: [string, string];
}
const trades: Trade[] = [
  { words: ['Smede & Montage', 'Stålhegn', 'Metalværk'], db07: ['251100', 'Fremstilling af metalkonstruktioner og dele heraf'], db25: ['251100', 'Fremstilling af metalkonstruktioner og dele heraf'] },
  { words: ['Maskinfabrik', 'Maskinteknik'], db07: ['282900', 'Fremstilling af øvrige maskiner til generelle formål'], db25: ['282900', 'Fremstilling af øvrige maskiner til generelle formål'] },
  { words: ['Autoværksted', 'Autoteknik'], db07: ['452010', 'Autoreparationsværksteder mv.'], db25: ['953110', 'Reparation og vedligeholdelse af motorkøretøjer'] },
  { words: ['Bageri', 'Brød & Kager'], db07: ['107120', 'Fremstilling af friske bageriprodukter'], db25: ['107100', 'Fremstilling af brød og friske kager'] },
  { words: ['Tømrer', 'Tømrer & Snedker'], db07: ['433200', 'Tømrer- og bygningssnedkervirksomhed'], db25: ['433200', 'Tømrer- og bygningssnedkervirksomhed'] },
  { words: ['Malerfirma', 'Maler & Glas'], db07: ['433410', 'Malerforretninger'], db25: ['433400', 'Maler- og glarmestervirksomhed'] },
  { words: ['Vognmandsforretning', 'Transport'], db07: ['494100', 'Vejgodstransport'], db25: ['494100', 'Vejgodstransport'] },
  { words: ['Gartneri', 'Planteskole'], db07: ['011900', 'Dyrkning af andre etårige afgrøder'], db25: ['011900', 'Dyrkning af andre etårige afgrøder'] },
  { words: ['Rengøring', 'Rent Hus'], db07: ['812100', 'Almindelig rengøring i bygninger'], db25: ['812100', 'Almindelig rengøring i bygninger'] },
  { words: ['Kølehuse', 'Lager & Logistik'], db07: ['521000', 'Oplagrings- og pakhusvirksomhed'], db25: ['521000', 'Oplagrings- og pakhusvirksomhed'] },
  { words: ['Vinduer', 'Træindustri'], db07: ['162300', 'Fremstilling af bygningstømmer og snedkeriartikler'], db25: ['162300', 'Fremstilling af bygningstømmer og snedkeriartikler'] },
  { words: ['Kro', 'Café'], db07: ['561010', 'Restauranter'], db25: ['561110', 'Restaurationsvirksomhed'] },
];
const firsts = [
  'Bjergager',
  'Hedelund',
  'Klitgaard',
  'Solhøj',
  'Nørremark',
  'Solvang',
  'Åbro',
  'Ærtebjerg',
  'Vestermose',
  'Kildebæk',
  'Egelund',
  'Højvang',
  'Strandby',
  'Lyngbjerg',
  'Dalsgaard',
  'Birkemose',
  'Fuglsang',
  'Havnens',
  'Møllebæk',
  'Enghave',
  'Aagaard',
  'Toftlund',
  'Ravnkær',
  'Skovly',
];
const intervals = ['ANTAL_0_0', 'ANTAL_1_1', 'ANTAL_2_4', 'ANTAL_2_4', 'ANTAL_5_9', 'ANTAL_5_9', 'ANTAL_10_19', 'ANTAL_10_19', 'ANTAL_20_49', 'ANTAL_50_99'];
const forms: [number, string][] = [
  [10, 'Enkeltmandsvirksomhed'],
  [80, 'Anpartsselskab'],
  [80, 'Anpartsselskab'],
  [60, 'Aktieselskab'],
];

/** A small generator with a fixed seed: the same companies at every build. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

const weights = [2, 7, 6, 5, 4, 3, 2];
/** Numbers that pass modulus 11, from a series at the end that companies do not have. */
export function* cvrNumbers(first = 9_900_001): Generator<string> {
  for (let next = first; ; next += 1) {
    const body = String(next);
    const rest = weights.reduce((sum, weight, index) => sum + weight * Number(body[index]), 0) % 11;
    if (rest !== 1) yield `${body}${rest === 0 ? 0 : 11 - rest}`;
  }
}

export interface Made {
  cvr: string;
  hit: object;
  unit: object;
}

/** Company number `at`: a Vrvirksomhed and its production unit, with periods. */
function make(at: number, cvr: string, pNumber: number, random: () => number): Made {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const place = pick(places);
  const trade = trades[at % trades.length] as Trade;
  const name = `${firsts[(at * 7 + Math.floor(at / trades.length)) % firsts.length]} ${trade.words[Math.floor(at / firsts.length) % trade.words.length]}${at % 5 === 0 ? ' ApS' : ''}`;
  const since = `${1985 + Math.floor(random() * 38)}-0${1 + Math.floor(random() * 9)}-01`;
  const always = { gyldigFra: since, gyldigTil: null };
  const [formCode, formText] = at % 40 === 7 ? ([250, 'Primærkommune'] as [number, string]) : pick(forms);
  const street = pick(['Havnevej', 'Møllevej', 'Industrivej', 'Søndergade', 'Åvej', 'Fabriksvej']);
  const address = {
    vejnavn: street,
    husnummerFra: 1 + Math.floor(random() * 90),
    postnummer: place.postcode,
    postdistrikt: place.town,
    kommune: { kommuneKode: place.municipality, kommuneNavn: place.name.toUpperCase() },
    periode: always,
  };
  const interval = pick(intervals);
  const months = [
    { aar: 2026, maaned: 8, intervalKodeAntalAnsatte: interval, antalAnsatte: null },
    { aar: 2026, maaned: 9, intervalKodeAntalAnsatte: interval, antalAnsatte: null },
  ];
  const ended = at % 33 === 12 ? '2026-05-31' : null;
  const life = [{ periode: { gyldigFra: since, gyldigTil: ended } }];
  const industry = [
    { branchekode: trade.db07[0], branchetekst: trade.db07[1], periode: { gyldigFra: since < '2008-01-01' ? '2008-01-01' : since, gyldigTil: '2024-12-31' } },
    { branchekode: trade.db25[0], branchetekst: trade.db25[1], periode: { gyldigFra: '2025-01-01', gyldigTil: null } },
  ];
  const phone = `00${String(120_000 + at * 37).padStart(6, '0')}`;
  const names =
    at % 9 === 4
      ? [
          { navn: `${name.split(' ')[0]} & Søn`, periode: { gyldigFra: since, gyldigTil: '2015-12-31' } },
          { navn: name, periode: { gyldigFra: '2016-01-01', gyldigTil: null } },
        ]
      : [{ navn: name, periode: always }];
  // Where a company got a new name, it has moved too.
  const moved =
    at % 9 === 4 && since < '2015-01-01'
      ? [
          { ...address, vejnavn: 'Gammel Kirkevej', husnummerFra: 1 + (at % 30), periode: { gyldigFra: since, gyldigTil: '2017-05-31' } },
          { ...address, periode: { gyldigFra: '2017-06-01', gyldigTil: null } },
        ]
      : [address];
  const protectedToo = at % 6 === 5;
  const shared = {
    reklamebeskyttet: protectedToo,
    navne: names,
    beliggenhedsadresse: moved,
    telefonNummer: [{ kontaktoplysning: phone, hemmelig: at % 25 === 3, periode: always }],
    elektroniskPost: [],
    hovedbranche: industry,
    livsforloeb: life,
    erstMaanedsbeskaeftigelse: months,
    kvartalsbeskaeftigelse: [],
    aarsbeskaeftigelse: [{ aar: 2024, intervalKodeAntalAnsatte: interval }],
  };
  const status = formCode === 10 ? [] : [{ status: ended === null ? 'NORMAL' : 'OPLØST EFTER FRIVILLIG LIKVIDATION', periode: { gyldigFra: ended ?? since, gyldigTil: null } }];
  return {
    cvr,
    hit: {
      _source: {
        Vrvirksomhed: {
          cvrNummer: Number(cvr),
          ...shared,
          virksomhedsform: [{ virksomhedsformkode: formCode, langBeskrivelse: formText, periode: always }],
          virksomhedsstatus: status,
          penheder: [{ pNummer: pNumber, periode: always }],
          virksomhedMetadata: { nyesteNavn: { navn: name, periode: always }, sammensatStatus: ended === null ? 'NORMAL' : 'Ophørt' },
        },
      },
    },
    unit: {
      _source: {
        VrproduktionsEnhed: {
          pNummer: pNumber,
          ...shared,
          virksomhedsrelation: [{ cvrNummer: Number(cvr), periode: always }],
          produktionsEnhedMetadata: { sammensatStatus: ended === null ? 'Aktiv' : 'Ophørt' },
        },
      },
    },
  };
}

const unitWeights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
/** Numbers of production units that pass their soft check; the sample has one that does not. */
function* pNumbers(): Generator<number> {
  for (let next = 1_990_000_001; ; next += 1) if (unitWeights.reduce((sum, weight, index) => sum + weight * Number(String(next)[index]), 0) % 11 === 0) yield next;
}

/** The first `count` companies of the made-up region. */
export function makeExtract(count: number): Made[] {
  const random = randomFrom(20_261_117);
  const numbers = cvrNumbers();
  const units = pNumbers();
  return Array.from({ length: count }, (_, at) => make(at, numbers.next().value as string, (units.next().value as number) + (at === 100 ? 1 : 0), random));
}

/** The sample to import: all of them, a few renamed, and rows that must be refused. */
function sample(): object {
  const made = makeExtract(320);
  const renamed = structuredClone(made[2]?.hit) as { _source: { Vrvirksomhed: { navne: { navn: string; periode: object }[] } } };
  const names = renamed._source.Vrvirksomhed.navne;
  for (const each of names) each.periode = { gyldigFra: '1999-01-01', gyldigTil: '2026-10-31' };
  names.push({ navn: `${names.at(-1)?.navn} & Co`, periode: { gyldigFra: '2026-11-01', gyldigTil: null } });
  const wrong = { _source: { Vrvirksomhed: { cvrNummer: 12345678, navne: [{ navn: 'Forkert Kontrolciffer ApS', periode: { gyldigFra: '2020-01-01', gyldigTil: null } }] } } };
  const hits = [...made.map(({ hit }, at) => (at === 2 ? renamed : hit)), ...made.map(({ unit }) => unit), wrong, { _source: { Vrdeltagerperson: { enhedsNummer: 4000000001 } } }];
  return { took: 3, timed_out: false, hits: { total: hits.length, hits } };
}

if (process.argv[1] === import.meta.filename) writeFileSync(path.join(import.meta.dirname, 'sample-cvr.json'), `${JSON.stringify(sample())}\n`);
