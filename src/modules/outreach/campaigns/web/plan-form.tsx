import { Alert, Button, Fieldset, Group, NativeSelect, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconBulb, IconPlus } from '@tabler/icons-react';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { languageName, listed, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { addCampaign, type Campaign, writeCampaign } from '../contract.ts';
import { routes } from '../rules.ts';
import { campaignsWords } from '../words.ts';
import { useCriteriaWords } from './campaign-words.tsx';
import { CriteriaFields } from './criteria-fields.tsx';
import { blank, criteriaOf, drawOf, type PlanValues, valuesOf } from './plan-values.tsx';
import { ScriptPreview } from './script-preview.tsx';
import { TargetCount } from './target-count.tsx';

const languages = ['da', 'en', 'de', 'pl', 'ro', 'uk', 'ar', 'tr'];
/** Plans a campaign, or changes the one given; beside it how many companies it would reach. */
export function PlanForm({ campaign, onDone, onClose }: { campaign: Campaign | null; onDone(saved: Campaign): Promise<void>; onClose(): void }) {
  const w = useWords(campaignsWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const criteriaWords = useCriteriaWords();
  const on = useServerForm<PlanValues, Campaign>({
    initial: valuesOf(campaign ?? blank),
    ...(campaign === null ? {} : { edits: { seen: campaign, valuesOf } }),
    sentences: { starts_format: shared.dayUnread, ends_format: shared.dayUnread, ends_days_reversed: w.daysReversed },
    async send(values, key, version) {
      const draw = values.draw.trim();
      if (draw !== '' && !/^\d{1,9}$/.test(draw)) throw new Refusal({ type: 'urn:vejnet:problem:invalid', status: 400, code: 'invalid', fields: [{ path: 'draw', code: 'format' }] });
      const body = { ...values, routes: values.routes as Campaign['routes'], criteria: criteriaOf(values), draw: drawOf(values), scripts: values.scripts.filter(({ text }) => text.trim() !== '') };
      await onDone(campaign === null ? await call(addCampaign, { body }, { key }) : await call(writeCampaign, { params: { campaign: campaign.id }, body }, { version }));
    },
  });
  const values = on.form.getValues();
  const inWords = (said: PlanValues): Said[] => [
    { label: w.name, text: said.name },
    { label: w.goal, text: said.goal },
    { label: w.aim, text: w.aims[said.aim] },
    {
      label: w.routes,
      text: listed(
        language,
        routes.filter((route) => said.routes.includes(route)).map((route) => w.routeNames[route]),
      ),
    },
    { label: w.why, text: said.why },
    { label: w.period, text: [said.starts, said.ends].map((day) => (/^\d{4}-/.test(day) ? shortDay(language, day) : day)).join(' – ') },
    { label: w.criteria, text: said.pickedBy === 'schools' ? w.pickedBySchools : criteriaWords(criteriaOf(said), drawOf(said)).join(', ') },
    { label: w.scripts, text: said.scripts.map((script) => `${languageName(language, script.language)}: ${script.text}`).join('\n') },
  ];
  return (
    <Columns
      aside={
        <>
          {values.pickedBy === 'criteria' && <TargetCount criteria={criteriaOf(values)} draw={drawOf(values)} />}
          <ScriptPreview why={values.why} scripts={values.scripts} />
        </>
      }
    >
      <FormBody on={on} notSaved={w.notSaved} save={campaign === null ? w.planSave : w.save} onCancel={onClose} wide inWords={inWords}>
        <TextInput {...on.field('name')} label={w.name} description={w.nameHelp} maxLength={120} autoComplete="off" maw={480} />
        <Textarea {...on.field('goal')} label={w.goal} description={w.goalHelp} autosize minRows={2} maxRows={6} maxLength={500} />
        <Radio.Group {...on.field('aim')} label={w.aim}>
          <Stack gap="xs" mt={6}>
            {(['breadth', 'trade'] as const).map((value) => (
              <Radio key={value} value={value} label={w.aims[value]} />
            ))}
          </Stack>
        </Radio.Group>
        <Alert color="gray" icon={<IconBulb size={20} stroke={1.75} />}>
          {w.suggests[values.aim]}
        </Alert>
        <ChipsField {...on.field('routes')} label={w.routes} description={w.routesHelp} choices={routes.map((value) => ({ value, label: w.routeNames[value] }))} />
        <Textarea {...on.field('why')} label={w.why} description={w.whyHelp} autosize minRows={2} maxRows={4} maxLength={300} />
        <Group gap="md" align="flex-start">
          <DayInput {...on.field('starts')} label={w.starts} />
          <DayInput {...on.field('ends')} label={w.ends} />
        </Group>
        <Radio.Group {...on.field('pickedBy')} label={w.pickedBy}>
          <Stack gap="xs" mt={6}>
            {(['criteria', 'schools'] as const).map((value) => (
              <Radio key={value} value={value} label={w.pickedByNames[value]} description={w.pickedByHelp[value]} />
            ))}
          </Stack>
        </Radio.Group>
        {values.pickedBy === 'criteria' && (
          <>
            <CriteriaFields on={on} />
            <TextInput {...on.field('draw')} label={w.draw} description={w.drawHelp} inputMode="numeric" autoComplete="off" styles={{ wrapper: { maxWidth: 200 } }} />
          </>
        )}
        <Fieldset legend={w.scripts} variant="unstyled" p={0} mx={0} styles={{ legend: { fontWeight: 600, marginBottom: 4 } }}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm" c="dimmed">
              {w.scriptsHelp}
            </Text>
            {values.scripts.map((script, index) => (
              <Stack key={on.form.key(`scripts.${index}`)} gap={4} w="100%">
                <Textarea {...on.field(`scripts.${index}.text`)} label={w.script(languageName(language, script.language))} lang={script.language} autosize minRows={3} maxRows={10} maxLength={2000} />
                {values.scripts.length > 1 && (
                  <Button
                    size="xs"
                    variant="subtle"
                    style={{ alignSelf: 'flex-start' }}
                    aria-label={w.removeScriptThis(languageName(language, script.language))}
                    onClick={() => on.form.removeListItem('scripts', index)}
                  >
                    {w.removeScript}
                  </Button>
                )}
              </Stack>
            ))}
            <NativeSelect
              label={w.addScript}
              leftSection={<IconPlus size={16} stroke={1.75} />}
              value=""
              onChange={(event) => event.currentTarget.value !== '' && on.form.insertListItem('scripts', { language: event.currentTarget.value, text: '' })}
              data={[
                { value: '', label: w.chooseLanguage },
                ...languages.filter((code) => !values.scripts.some((script) => script.language === code)).map((code) => ({ value: code, label: languageName(language, code) })),
              ]}
              maw={260}
            />
          </Stack>
        </Fieldset>
      </FormBody>
    </Columns>
  );
}
