import { words } from '../../../kit/words.ts';

export const relationsWords = words(
  {
    title: 'Hvordan er relationen?',
    lead: 'Sæt kryds, hvor I er i dag. Firmaet gør det samme på sin egen side, så I kan se, hvor I er enige.',
    poles: ['Køber og sælger', 'Partnere'],
    /** Buyer and seller, partners. */
    rows: [
      ['Snakker kun, når der er noget', 'Snakker sammen hele tiden'],
      ['Holder kortene tæt', 'Siger tingene åbent'],
      ['Sætter en opgave ud af huset', 'Stoler på hinanden'],
      ['Konkurrerer', 'Respekterer hinanden'],
      ['Er ikke klar, når noget ændrer sig', 'Følger med, når det går hurtigt'],
      ['Er kunde og leverandør', 'Har valgt hinanden'],
      ['Holder møder og skriver kontrakt', 'Gør noget sammen'],
      ['Har en kontrakt', 'Har projekter sammen'],
      ['Er sælger og køber', 'Siger det også, når det gør ondt'],
      ['Venter på en opgave', 'Leder efter muligheder'],
      ['Siger det, den anden vil høre', 'Ser det, den anden overser'],
      ['Kontrollerer hinanden', 'Gør kvaliteten bedre'],
      ['Varer kort', 'Varer længe'],
      ['Får ét tilbud ad gangen', 'Udvikler sig i samme retning'],
      ['Køber det, der er på hylden', 'Vil det samme på langt sigt'],
      ['Deler ansvaret op og bliver uenige', 'Har ansvaret sammen'],
      ['Er to hver for sig', 'Ser sig som en helhed'],
    ] as [string, string][],
    scale: ['Helt som køber og sælger', 'Mest som køber og sælger', 'Midt imellem', 'Mest som partnere', 'Helt som partnere'],
    notPlaced: 'Ikke svaret',
    row: (left: string, right: string) => `${left} – ${right}`,
    place: 'Sæt jeres krydser',
    placeAgain: 'Sæt krydser igen',
    save: 'Gem krydserne',
    cancel: 'Lad være',
    saved: 'Krydserne er gemt.',
    notSaved: 'Krydserne er ikke gemt endnu',
    atLeastOne: 'Sæt mindst ét kryds.',
    partly: 'Du behøver ikke svare på alle rækker. En række uden kryds tæller som ikke svaret.',
    sides: { centre: 'Centret', company: 'Firmaet' },
    marks: { centre: '●', company: '◆' },
    placed: (count: number, of: number) => `${count} af ${of} rækker`,
    nobodyYet: (side: string) => `${side} har ikke sat krydser endnu.`,
    apart: 'Tal om den',
    apartCount: (count: number) =>
      count === 0
        ? 'I ser ens på de rækker, begge har svaret på.'
        : count === 1
          ? 'På 1 række ser I meget forskelligt på det. Den er værd at tale om.'
          : `På ${count} rækker ser I meget forskelligt på det. De er værd at tale om.`,
    figure: 'Relationen række for række',
    source: 'Skemaet er fra et partnerskabsprojekt i 2007 af Peter Møller Pedersen, Poul Erik Philipsen og Jørgen Gleerup. Ordene er vores.',
    own: {
      title: 'Hvordan arbejder vi sammen?',
      lead: 'Sæt kryds, hvor I synes, vi er i dag. Centret gør det samme. Så ser vi, hvad vi skal tale om.',
    },
  },
  {
    title: 'How is the relation?',
    lead: 'Mark where you are today. The company does the same on its own page, so that you can see where you agree.',
    poles: ['Buyer and seller', 'Partners'],
    rows: [
      ['Talk only when something comes up', 'Talk all the time'],
      ['Keep their cards close', 'Say things openly'],
      ['Send a task out of the house', 'Trust each other'],
      ['Compete', 'Respect each other'],
      ['Are not ready when something changes', 'Keep up when things move fast'],
      ['Are customer and supplier', 'Have chosen each other'],
      ['Hold meetings and write contracts', 'Do things together'],
      ['Have a contract', 'Have projects together'],
      ['Are seller and buyer', 'Say it even when it hurts'],
      ['Wait for a task', 'Look for possibilities'],
      ['Say what the other wants to hear', 'See what the other overlooks'],
      ['Control each other', 'Make the quality better'],
      ['Last a short time', 'Last a long time'],
      ['Get one offer at a time', 'Develop in the same direction'],
      ['Buy what is on the shelf', 'Want the same in the long run'],
      ['Divide the responsibility and disagree', 'Are responsible together'],
      ['Are two apart', 'See themselves as a whole'],
    ] as [string, string][],
    scale: ['Quite like buyer and seller', 'Mostly like buyer and seller', 'In between', 'Mostly like partners', 'Quite like partners'],
    notPlaced: 'Not answered',
    row: (left: string, right: string) => `${left} – ${right}`,
    place: 'Set your marks',
    placeAgain: 'Set marks again',
    save: 'Save the marks',
    cancel: 'Leave it',
    saved: 'The marks are saved.',
    notSaved: 'The marks are not saved yet',
    atLeastOne: 'Set at least one mark.',
    partly: 'You need not answer all rows. A row without a mark counts as not answered.',
    sides: { centre: 'The centre', company: 'The company' },
    marks: { centre: '●', company: '◆' },
    placed: (count: number, of: number) => `${count} of ${of} rows`,
    nobodyYet: (side: string) => `${side} has not set any marks yet.`,
    apart: 'Talk about it',
    apartCount: (count: number) =>
      count === 0
        ? 'You see the rows alike that both have answered.'
        : count === 1
          ? 'You see 1 row very differently. It is worth talking about.'
          : `You see ${count} rows very differently. They are worth talking about.`,
    figure: 'The relation row by row',
    source: 'The table comes from a partnership project in 2007 by Peter Møller Pedersen, Poul Erik Philipsen and Jørgen Gleerup. The words are ours.',
    own: {
      title: 'How do we work together?',
      lead: 'Mark where you think we are today. The centre does the same. Then we see what to talk about.',
    },
  },
);
