import { words } from '../../../kit/words.ts';

/** Mails of a hearing. */
export const hearingMail = words(
  {
    openedSubject: (campaign: string) => `Høring: ${campaign}`,
    opened: (name: string, campaign: string, goal: string, count: string, deadline: string, link: string) =>
      `Hej ${name}\n\nCentret vil ringe til ${count} firmaer: ${campaign}.\nMålet: ${goal}\n\nStreg de firmaer, I allerede arbejder med. Svar senest ${deadline}. Resten må ringes op derefter.\n\n${link}\n\nDe andre skoler ser aldrig, hvem I har streget.\n`,
    reminderSubject: (campaign: string) => `Husk høringen: ${campaign}`,
    reminder: (name: string, campaign: string, deadline: string, link: string) =>
      `Hej ${name}\n\nJeres skole har ikke svaret på høringen ${campaign} endnu. Fristen er ${deadline}. Svarer I ikke, må hele listen ringes op.\n\n${link}\n`,
    closedSubject: (campaign: string) => `Høringen er lukket: ${campaign}`,
    closed: (name: string, campaign: string, link: string) => `Hej ${name}\n\nHøringen om ${campaign} er lukket. Nu må der ringes.\n\n${link}\n`,
    forwardSubject: (school: string) => `${school} beder dig se en liste igennem`,
    forward: (name: string, by: string, school: string, campaign: string, deadline: string, link: string) =>
      `Hej ${name}\n\n${by} fra ${school} beder dig se, om du kender nogle af firmaerne på en liste: ${campaign}.\nStreg dem, skolen allerede arbejder med, senest ${deadline}. Du skal ikke logge ind:\n\n${link}\n\nLinket er kun til dig. Det virker, til høringen lukker.\n`,
  },
  {
    openedSubject: (campaign: string) => `Hearing: ${campaign}`,
    opened: (name: string, campaign: string, goal: string, count: string, deadline: string, link: string) =>
      `Hello ${name}\n\nThe centre wants to call ${count} companies: ${campaign}.\nThe goal: ${goal}\n\nStrike the companies you already work with. Answer by ${deadline}. The rest may be called after that.\n\n${link}\n\nThe other schools never see whom you struck.\n`,
    reminderSubject: (campaign: string) => `Remember the hearing: ${campaign}`,
    reminder: (name: string, campaign: string, deadline: string, link: string) =>
      `Hello ${name}\n\nYour school has not answered the hearing ${campaign} yet. The deadline is ${deadline}. Without an answer the whole list may be called.\n\n${link}\n`,
    closedSubject: (campaign: string) => `The hearing has closed: ${campaign}`,
    closed: (name: string, campaign: string, link: string) => `Hello ${name}\n\nThe hearing about ${campaign} has closed. Calls may begin.\n\n${link}\n`,
    forwardSubject: (school: string) => `${school} asks you to look through a list`,
    forward: (name: string, by: string, school: string, campaign: string, deadline: string, link: string) =>
      `Hello ${name}\n\n${by} of ${school} asks whether you know any of the companies on a list: ${campaign}.\nStrike those that the school already works with, by ${deadline}. You need not sign in:\n\n${link}\n\nThe link is for you only. It works until the hearing closes.\n`,
  },
);

export const hearingProblems = words(
  {
    deadline_passed: 'Fristen skal ligge ude i fremtiden.',
    no_schools: 'Centret har ingen skoler at spørge endnu.',
    hearing_open: 'Høringen kan først lukkes, når fristen er gået, eller alle skoler har svaret.',
    hearing_closed: 'Høringen er lukket. Det, I nåede at strege, gælder.',
    link_spent: 'Linket virker ikke længere. Høringen er lukket, eller linket er taget tilbage. Spørg den, der sendte det.',
  },
  {
    deadline_passed: 'The deadline must lie in the future.',
    no_schools: 'The centre has no schools to ask yet.',
    hearing_open: 'A hearing can be closed once the deadline has passed, or every school has answered.',
    hearing_closed: 'The hearing has closed. What you struck in time holds.',
    link_spent: 'The link no longer works. The hearing has closed, or the link was taken back. Ask whoever sent it.',
  },
);
