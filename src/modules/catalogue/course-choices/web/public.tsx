import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { type CourseNamed, findCourses } from '../contract.ts';
import { courseChoicesWords } from '../words.ts';

/** "AMU 40312 Mødeledelse", and that it is retired where it is. */
export function useCourseName(): (course: CourseNamed) => string {
  const w = useWords(courseChoicesWords);
  return ({ kind, code, title, retired }) => `${[kind === 'own' ? '' : kind.toUpperCase(), code ?? '', title].filter(Boolean).join(' ')}${retired ? ` (${w.retired.toLowerCase()})` : ''}`;
}

/** A field for one of the centre's courses; its value is the id. `known` are courses that stand in the form already. */
export function PickCourse({ known = [], onPick, ...props }: SelectProps & { known?: readonly CourseNamed[]; onPick?: (course: CourseNamed | null) => void }) {
  const w = useWords(courseChoicesWords);
  const nameOf = useCourseName();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 250);
  const [picked, setPicked] = useState<CourseNamed[]>([]);
  const chosen = [...known, ...picked];
  // What stands in the field is its own name, not a search for it.
  const searched = chosen.some((each) => nameOf(each) === asked) ? '' : asked;
  const found = useRead(findCourses, { query: { search: searched } });
  const all = [...new Map([...chosen.filter(({ id }) => id === props.value), ...(found.data ?? [])].map((each) => [String(each.id), each])).values()];
  return (
    <Select
      label={w.pick}
      description={w.pickHelp}
      searchable
      data={all.map((each) => ({ value: String(each.id), label: nameOf(each) }))}
      filter={({ options }) => options}
      searchValue={search}
      onSearchChange={setSearch}
      onOptionSubmit={(value) => {
        const course = all.find(({ id }) => id === value);
        if (course !== undefined) setPicked([course]);
        onPick?.(course ?? null);
      }}
      nothingFoundMessage={found.isSuccess ? w.none : undefined}
      autoComplete="off"
      {...props}
    />
  );
}
