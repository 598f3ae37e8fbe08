import { useActing } from '../../../../ui/acting.tsx';
import { useLanguage } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listDeliveryForms, type UsualForm, usualForms } from '../../courses/contract.ts';
import { useCourseWords } from '../../courses/web/public.tsx';

/** The forms of delivery to choose from, and each by its name. */
export function useDelivery(): { choices: { value: string; label: string }[]; nameOf(code: string): string } {
  const w = useCourseWords();
  const { language } = useLanguage();
  const { may } = useActing();
  const own = useRead(listDeliveryForms, {}, { enabled: may('consultant', 'manager', 'coordinator') });
  const named = (own.data ?? []).map(({ code, nameDa, nameEn, retired }) => ({ value: code, label: language === 'da' ? nameDa : nameEn, retired }));
  const usual = (code: string): code is UsualForm => (usualForms as readonly string[]).includes(code);
  return {
    choices: [...usualForms.map((code) => ({ value: code as string, label: w.form[code] })), ...named.filter(({ retired }) => !retired).map(({ value, label }) => ({ value, label }))],
    nameOf: (code) => (usual(code) ? w.form[code] : (named.find(({ value }) => value === code)?.label ?? code)),
  };
}
