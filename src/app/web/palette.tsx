import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { companyReaders, listCompanies } from '../../modules/companies/register/contract.ts';
import { listPeople } from '../../modules/organisation/people/contract.ts';
import { campaignReaders, listCampaigns } from '../../modules/outreach/campaigns/contract.ts';
import { cvr } from '../../ui/format.ts';
import { useWords } from '../../ui/language.tsx';
import { reading } from '../../ui/read.ts';
import { navFor } from '../nav.ts';
import { shellWords } from '../words.ts';
import { useSession } from './session.tsx';

const [store, palette] = createSpotlight();
/** Whose roles may look people up. */
const finders = ['consultant', 'manager', 'coordinator', 'administrator', 'data_protection', 'register'] as const;

/** Ctrl/Cmd-K: every page, every company by name, number or town, and every person by name. Loaded when it is first opened. */
export default function Palette() {
  const w = useWords(shellWords);
  const { hat } = useSession();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const mayFind = finders.some((role) => hat.roles.includes(role));
  const long = query.trim().length >= 2;
  const people = useQuery({ ...reading(listPeople, { query: { search: query, limit: 8 } }), enabled: mayFind && long });
  // Companies are many: they are asked for when the hand rests.
  const [rested] = useDebouncedValue(query.trim().slice(0, 100), 150);
  const mayFindCompanies = companyReaders.some((role) => hat.roles.includes(role));
  const companies = useQuery({ ...reading(listCompanies, { query: { search: rested, limit: 8 } }), enabled: mayFindCompanies && rested.length >= 2, placeholderData: keepPreviousData });
  const campaigns = useQuery({ ...reading(listCampaigns, { query: { limit: 200 } }), enabled: campaignReaders.some((role) => hat.roles.includes(role)) && long });
  const pages: SpotlightActionData[] = [
    ...navFor(hat.roles)
      .flatMap(({ entries }) => entries)
      .map(({ to, word }) => ({ id: to, label: w[word], onClick: () => navigate({ to }) })),
    { id: '/me', label: w.me, onClick: () => navigate({ to: '/me' }) },
  ];
  const matching = pages.filter(({ label }) => label?.toLowerCase().includes(query.trim().toLowerCase()));
  const found: SpotlightActionData[] = (long ? (people.data?.items ?? []) : []).map((person) => ({
    id: person.id,
    label: person.name,
    description: person.email,
    onClick: () => navigate({ to: '/people/$person', params: { person: person.id } as never }),
  }));
  const known: SpotlightActionData[] = (long ? (companies.data?.items ?? []) : []).map((company) => ({
    id: company.id,
    label: company.name,
    description: [`CVR ${cvr(company.cvr)}`, company.town, company.formerName === null ? null : w.formerly(company.formerName)].filter(Boolean).join(' · '),
    onClick: () => navigate({ to: '/companies/$company', params: { company: company.id } as never }),
  }));
  const planned: SpotlightActionData[] = (long ? (campaigns.data?.items ?? []) : [])
    .filter(({ name }) => name.toLowerCase().includes(query.trim().toLowerCase()))
    .slice(0, 8)
    .map((campaign) => ({
      id: campaign.id,
      label: campaign.name,
      description: campaign.goal,
      onClick: () => navigate({ to: '/campaigns/$campaign', params: { campaign: campaign.id } as never }),
    }));
  const actions = [
    ...(matching.length > 0 ? [{ group: w.pages, actions: matching }] : []),
    ...(planned.length > 0 ? [{ group: w.campaigns, actions: planned }] : []),
    ...(known.length > 0 ? [{ group: w.companies, actions: known }] : []),
    ...(found.length > 0 ? [{ group: w.people, actions: found }] : []),
  ];
  return (
    <Spotlight
      store={store}
      query={query}
      onQueryChange={setQuery}
      filter={(_query, all) => all}
      actions={actions}
      nothingFound={w.nothingFound}
      shortcut={null}
      scrollable
      maxHeight={420}
      searchProps={{ placeholder: w.findAll, 'aria-label': w.findAll, leftSection: <IconSearch size={20} stroke={1.75} /> }}
    />
  );
}

export const openPalette = palette.open;
