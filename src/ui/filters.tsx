import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useWords } from './language.tsx';
import type { Written } from './only-filters.ts';
import { uiWords } from './words.ts';

/** In the URL 2 and true stand bare; the router would put a text that looks like them in quotes. */
const bare = (value: string): Written => (value === 'true' ? true : String(Number(value)) === value ? Number(value) : value);

/**
 * The filters of a list, which live in the URL. A value that is none of the choices counts as not set; `null` takes any text.
 */
export function useFilters<const C extends Record<string, readonly string[] | null>>(choices: C) {
  const search = useSearch({ strict: false }) as Record<string, Written | undefined>;
  const navigate = useNavigate();
  type On = { [K in keyof C]?: C[K] extends readonly (infer Choice)[] ? Choice : string };
  const on = Object.fromEntries(
    Object.entries(choices).flatMap(([name, allowed]) => {
      const value = search[name] === undefined ? '' : String(search[name]);
      return value !== '' && (allowed === null || allowed.includes(value)) ? [[name, value]] : [];
    }),
  ) as On;
  const go = (next: Record<string, unknown>) => navigate({ to: '.', search: next as never, replace: true, resetScroll: false });
  return {
    on,
    active: Object.keys(on).length > 0,
    set: (name: keyof C & string, value: string) => go({ ...search, [name]: value === '' ? undefined : bare(value) }),
    clear: () => go({}),
  };
}

/** The row of filters above a list; the way back to everything stands last. */
export function Filters({ filters, children }: { filters: { active: boolean; clear(): void }; children: ReactNode }) {
  const w = useWords(uiWords);
  return (
    <Group role="search" aria-label={w.filters} gap="sm" align="flex-end" mb="lg">
      {children}
      {filters.active && (
        <Button variant="subtle" leftSection={<IconX size={16} stroke={1.75} />} onClick={filters.clear}>
          {w.clearFilters}
        </Button>
      )}
    </Group>
  );
}

interface FilterProps {
  label: string;
  value: string | undefined;
  onChange(value: string): void;
}

/** `onReach` lets the choices be fetched only when somebody wants them. */
export function ChoiceFilter({ label, value = '', onChange, all, choices, onReach }: FilterProps & { all: string; choices: readonly { value: string; label: string }[]; onReach?: () => void }) {
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onFocus={onReach}
      onPointerEnter={onReach}
      data={[{ value: '', label: all }, ...choices]}
      w={{ base: '100%', sm: 220 }}
    />
  );
}

/** Asks when the hand rests, not at every letter. While it is written in, the field shows what is written; otherwise what the URL says. */
export function TextFilter({ label, value = '', onChange }: FilterProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const send = useDebouncedCallback(onChange, 300);
  return (
    <TextInput
      type="search"
      label={label}
      value={typed ?? value}
      leftSection={<IconSearch size={16} stroke={1.75} />}
      autoComplete="off"
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
      onBlur={() => {
        send.flush();
        setTyped(null);
      }}
      w={{ base: '100%', sm: 260 }}
    />
  );
}

export function OnFilter({ label, value, onChange }: FilterProps) {
  return <Checkbox label={label} checked={value === 'true'} onChange={(event) => onChange(event.currentTarget.checked ? 'true' : '')} py={8} />;
}
