import { Button, Group, NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { municipalities } from '../../../../kit/municipalities.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { FilterChips } from '../../../../ui/filter-chips.tsx';
import { ChoiceFilter, Filters, OnFilter, TextFilter, useFilters } from '../../../../ui/filters.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listMunicipalities } from '../contract.ts';
import { seesReasons } from '../rules.ts';
import { registerWords } from '../words.ts';

const sizes = ['sme', 'micro', 'small', 'large'] as const;
const sectors = ['private', 'public'] as const;
const schemes = ['DB25', 'DB07'] as const;
const industries = /^(DB07|DB25):(\d{1,6})$/;

/** What the list is asked for; it stands in the URL. */
export function useCompanyFilters() {
  const filters = useFilters({ search: null, municipality: Object.keys(municipalities), industry: null, size: sizes, sector: sectors, protected: ['true', 'false'], status: ['all'] });
  const { roles } = useActing();
  const { industry, search, protected: shielded, ...on } = filters.on;
  const query = {
    ...on,
    ...(shielded === undefined || !seesReasons(roles) ? {} : { protected: shielded }),
    ...(search === undefined ? {} : { search: search.slice(0, 100) }),
    ...(industry !== undefined && industries.test(industry) ? { industry } : {}),
  };
  return { ...filters, query };
}
type CompanyFilters = ReturnType<typeof useCompanyFilters>;

export function CompanyFilterRow({ filters }: { filters: CompanyFilters }) {
  const w = useWords(registerWords);
  const wide = useMediaQuery('(min-width: 64em)', undefined, { getInitialValueInEffect: false }) === true;
  const { roles } = useActing();
  const places = useRead(listMunicipalities, {});
  const { on, set } = filters;
  const industry = industries.exec(on.industry ?? '');
  const [scheme, setScheme] = useState<string>(industry?.[1] ?? 'DB25');
  const [open, setOpen] = useState(false);
  const more = useId();

  const often = (
    <>
      <ChoiceFilter
        label={w.municipality}
        all={w.anyMunicipality}
        choices={(places.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        value={places.data === undefined ? '' : on.municipality}
        onChange={(value) => set('municipality', value)}
      />
      <ChoiceFilter label={w.sizeFilter} all={w.anySize} choices={sizes.map((value) => ({ value, label: w.sizes[value] }))} value={on.size} onChange={(value) => set('size', value)} />
    </>
  );
  return (
    <>
      {/* The way back to everything stands with the chips below. */}
      <Filters filters={{ active: false, clear: filters.clear }}>
        <TextFilter label={w.search} value={on.search} onChange={(value) => set('search', value.slice(0, 100))} />
        {wide && often}
        <Button
          variant="subtle"
          leftSection={<IconAdjustmentsHorizontal size={20} stroke={1.75} />}
          aria-expanded={open}
          aria-controls={more}
          onClick={() => setOpen(!open)}
          w={wide ? undefined : '100%'}
          justify={wide ? 'center' : 'flex-start'}
          px={wide ? undefined : 0}
        >
          {open ? w.fewerFilters : w.moreFilters}
        </Button>
        <Group id={more} gap="sm" align="flex-end" w="100%" display={open ? undefined : 'none'}>
          {!wide && often}
          <TextFilter
            label={w.industryFilter}
            value={industry?.[2]}
            onChange={(value) => {
              const digits = value.replaceAll(/\D/g, '').slice(0, 6);
              set('industry', digits === '' ? '' : `${scheme}:${digits}`);
            }}
          />
          <NativeSelect
            label={w.scheme}
            value={industry?.[1] ?? scheme}
            data={[...schemes]}
            onChange={(event) => {
              setScheme(event.currentTarget.value);
              if (industry !== null) set('industry', `${event.currentTarget.value}:${industry[2]}`);
            }}
            w={{ base: '100%', sm: 120 }}
          />
          <ChoiceFilter label={w.sector} all={w.anySector} choices={sectors.map((value) => ({ value, label: w.sectors[value] }))} value={on.sector} onChange={(value) => set('sector', value)} />
          {seesReasons(roles) && (
            <ChoiceFilter
              label={w.protection}
              all={w.anyProtection}
              choices={(['false', 'true'] as const).map((value) => ({ value, label: w.protections[value] }))}
              value={on.protected}
              onChange={(value) => set('protected', value)}
            />
          )}
          <OnFilter label={w.ceasedToo} value={on.status === 'all' ? 'true' : ''} onChange={(value) => set('status', value === '' ? '' : 'all')} />
        </Group>
      </Filters>
      <Chips filters={filters} />
    </>
  );
}

function Chips({ filters }: { filters: CompanyFilters }) {
  const w = useWords(registerWords);
  const { on, set, clear } = filters;
  const chip = (name: keyof typeof on, text: string | undefined) => (text === undefined ? [] : [{ name, text, remove: () => set(name, '') }]);
  return (
    <FilterChips
      label={w.filtersOn}
      removes={w.removes}
      clear={w.clearAll}
      onClear={clear}
      chips={[
        ...chip('search', on.search && w.quoted(on.search)),
        ...chip('municipality', on.municipality && municipalities[on.municipality]),
        ...chip('size', on.size && w.sizes[on.size]),
        ...chip('industry', on.industry?.replace(':', ' ')),
        ...chip('sector', on.sector && w.sectors[on.sector]),
        ...chip('protected', on.protected && w.protections[on.protected as 'true' | 'false']),
        ...chip('status', on.status && w.ceasedChip),
      ]}
    />
  );
}
