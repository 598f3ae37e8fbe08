/** What a filter can be in the URL. */
export type Written = string | number | boolean;

/** For a route's `validateSearch`: only these names are kept in the URL. What they may say is the page's. Apart from the filters, for the first page needs no fields. */
export const onlyFilters =
  (...names: string[]) =>
  (search: Record<string, unknown>): Record<string, Written> =>
    Object.fromEntries(Object.entries(search).filter((each): each is [string, Written] => names.includes(each[0]) && ['string', 'number', 'boolean'].includes(typeof each[1])));
