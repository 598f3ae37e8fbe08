import { MultiSelect, NativeSelect, Textarea } from '@mantine/core';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { groupCriteria, startWorkingGroup, type WorkingGroup, writeWorkingGroup } from '../contract.ts';
import { groupsWords } from '../words.ts';

type Values = { purpose: string; criteria: string[]; members: string[]; lead: string };
const valuesOf = ({ purpose, criteria, members, lead }: WorkingGroup): Values => ({ purpose, criteria, members: members.map(({ id }) => String(id)), lead: lead.id });

interface Props {
  /** The company of a new group, or the group that is changed. */
  of: { company: string } | { group: WorkingGroup };
  me: string | null;
  onDone(group: WorkingGroup): unknown;
  onClose(): void;
}

export function GroupForm({ of, me, onDone, onClose }: Props) {
  const w = useWords(groupsWords);
  const found = useRead(listProfiles, { query: {} });
  const group = 'group' in of ? of.group : null;
  const names = [...(group?.members ?? []), ...(found.data ?? []).map(({ personId, name, school }) => ({ id: personId, name, school }))];
  const choices = [...new Map(names.map(({ id, name, school }) => [String(id), { value: String(id), label: [name, school ?? w.centre].join(', ') }])).values()];
  const labelOf = (id: string) => choices.find(({ value }) => value === id)?.label ?? '';
  const on = useServerForm<Values, WorkingGroup>({
    initial: group === null ? { purpose: '', criteria: [], members: me === null ? [] : [me], lead: me ?? '' } : valuesOf(group),
    ...(group === null ? {} : { edits: { seen: group, valuesOf } }),
    async send(values, key, version) {
      const facts = { purpose: values.purpose, criteria: values.criteria as WorkingGroup['criteria'], members: values.members as never, lead: values.lead as never };
      onDone(
        'group' in of
          ? await call(writeWorkingGroup, { params: { group: of.group.id }, body: facts }, { version })
          : await call(startWorkingGroup, { body: { company: of.company as never, ...facts } }, { key }),
      );
    },
    sentences: { criteria_required: w.criteriaHelp, criteria_too_short: w.criteriaHelp },
  });
  const { members } = on.form.getValues();
  const inWords = (values: Values) => [
    { label: w.purpose, text: values.purpose },
    { label: w.criteria, text: sideBySide(values.criteria.map((each) => w.criterion[each as 'size'])) },
    { label: w.members, text: sideBySide(values.members.map(labelOf)) },
    { label: w.leader, text: labelOf(values.lead) },
  ];
  return (
    <FormBody on={on} notSaved={group === null ? w.notStarted : w.notSaved} save={group === null ? w.startSave : w.save} onCancel={onClose} opened inWords={inWords}>
      <Textarea label={w.purpose} description={w.purposeHelp} autosize minRows={2} maxLength={500} {...on.field('purpose')} />
      <ChipsField label={w.criteria} description={w.criteriaHelp} choices={groupCriteria.map((value) => ({ value, label: w.criterion[value] }))} {...on.field('criteria')} />
      <MultiSelect label={w.members} description={w.membersHelp} data={choices} searchable hidePickedOptions {...on.field('members')} />
      <NativeSelect
        label={w.leader}
        description={group === null || group.can.handOver ? w.leadHelp : w.handsOver}
        disabled={group !== null && !group.can.handOver}
        data={[{ value: '', label: w.choose }, ...choices.filter(({ value }) => members.includes(value))]}
        {...on.field('lead')}
      />
    </FormBody>
  );
}
