import { words } from '../../../kit/words.ts';

export const campaignsProblems = words(
  {
    campaign_state: 'Kampagnen er et andet sted nu. Siden viser, hvor den er.',
    name_taken: 'En anden kampagne hedder det samme. Vælg et andet navn.',
    list_empty: 'Ingen firmaer passer, så der er ingen liste at fryse. Gør udvalget bredere.',
  },
  {
    campaign_state: 'The campaign has moved on. The page shows where it is.',
    name_taken: 'Another campaign has the same name. Choose another one.',
    list_empty: 'No company matches, so there is no list to freeze. Widen the criteria.',
  },
);
