import { Text } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { runningWords } from '../words.ts';

/** The way to the teacher's sheet, for the class's school and the coordinator (row 4.17). */
export function BriefLink({ id }: { id: string }) {
  const w = useWords(runningWords);
  return (
    <Text>
      <NameLink to={`/classes/${id}/brief`}>{w.toBrief}</NameLink>
    </Text>
  );
}

/** Whether somebody works for that school, or wears the coordinator's hat. */
export function useOwnSchool(): (school: string) => boolean {
  const { schoolId, may } = useActing();
  return (school) => may('coordinator') || schoolId === school;
}
