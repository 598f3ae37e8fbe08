import { figure, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import type { Course } from '../contract.ts';
import { coursesWords } from '../words.ts';

/** The words of courses, for pages elsewhere; without a component library. */
export const useCourseWords = () => useWords(coursesWords);

/** "7 dage, 51,8 timer"; empty where nobody said. */
export function useLength(): (course: Pick<Course, 'days' | 'hours'>) => string {
  const w = useCourseWords();
  const { language } = useLanguage();
  return ({ days, hours }) => [...(days === null ? [] : [w.days(figure(language, days))]), ...(hours === null ? [] : [w.hours(figure(language, hours))])].join(', ');
}

/** "AMU 47592 · Certifikat" */
export function useCourseFacts(): (course: Pick<Course, 'kind' | 'code' | 'awards'>) => string {
  const w = useCourseWords();
  return ({ kind, code, awards }) => sideBySide([code === null ? w.kinds[kind] : `${w.kinds[kind]} ${code}`, w.award[awards]]);
}
