import { Alert, Badge, Button, CopyButton, Group, NativeSelect, PasswordInput, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { SignInRulesSection } from '../../sign-in-rules/web/public.tsx';
import {
  addSignInProvider,
  checkSignInProvider,
  listJoinedLogins,
  listOpenProviders,
  listSignInProviders,
  type Provider,
  removeSignInProvider,
  switchSignInProvider,
  writeSignInProvider,
} from '../contract.ts';
import { kinds, nsisStrengths, templates } from '../rules.ts';
import { institutionsWords } from '../words.ts';

/** How people get into the centre: its rules, and its institutions' own logins. */
export function SignInSettingsPage() {
  const w = useWords(institutionsWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const list = useRows(listSignInProviders, {});
  const [adding, setAdding] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const mayEdit = may('administrator');
  const say = (said: string) => {
    setDone(said);
    focusTitle();
  };
  const changed = async (said: string) => {
    await refresh(queries, listSignInProviders, listOpenProviders, listJoinedLogins);
    setAdding(false);
    say(said);
  };
  const add = mayEdit && !adding && (
    <Button leftSection={<IconPlus size={20} stroke={1.75} />} onClick={() => setAdding(true)}>
      {w.add}
    </Button>
  );
  return (
    <Page title={w.title} lead={w.lead} done={done}>
      <Stack gap="xl">
        <SignInRulesSection onSaved={say} />
        <Stack component="section" gap="md" maw={720} aria-labelledby="providers">
          <Title order={2} id="providers">
            {w.providers}
          </Title>
          {adding && <EditProvider seen={null} onDone={changed} onClose={() => setAdding(false)} />}
          <ListState list={list} count={list.data?.length ?? 0} empty={adding ? null : <Empty title={w.none} text={w.noneText} action={add || undefined} />}>
            <Ruled>
              {list.data?.map((provider) => (
                <Line key={provider.id} provider={provider} mayEdit={mayEdit} onDone={changed} />
              ))}
            </Ruled>
            {(list.data?.length ?? 0) > 0 && add && <div>{add}</div>}
          </ListState>
        </Stack>
      </Stack>
    </Page>
  );
}

function Line({ provider, mayEdit, onDone }: { provider: Provider; mayEdit: boolean; onDone(said: string): Promise<void> }) {
  const w = useWords(institutionsWords);
  const { language } = useLanguage();
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [pending, setPending] = useState<'check' | 'switch' | null>(null);
  const { id, enabled, version } = provider;
  const name = provider.label[language];
  const params = { provider: id };
  const doing = (what: 'check' | 'switch', work: () => Promise<void>) => {
    setPending(what);
    setTold(null);
    setRefusal(null);
    work()
      .catch(setRefusal)
      .finally(() => setPending(null));
  };
  const check = async () => {
    const { works, fault } = await call(checkSignInProvider, { params });
    setTold(works ? w.works(name) : fault === 'silent' ? w.silent(name) : w.untrue(name));
  };
  const turn = async () => {
    await call(switchSignInProvider, { params, body: { on: !enabled } }, { version });
    await onDone(enabled ? w.switchedOff(name) : w.switchedOn(name));
  };
  if (open === 'edit')
    return (
      <Rule>
        <EditProvider
          seen={provider}
          onDone={async (said) => {
            setOpen(null);
            await onDone(said);
          }}
          onClose={() => setOpen(null)}
        />
      </Rule>
    );
  return (
    <Rule>
      <Stack gap="xs">
        <Group gap="xs">
          <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Badge {...(enabled ? { color: 'green', leftSection: <IconCheck size={16} stroke={1.75} /> } : {})}>{enabled ? w.on : w.off}</Badge>
          {w.kinds[provider.kind] !== name && (
            <Text size="sm" c="dimmed">
              {w.kinds[provider.kind]}
            </Text>
          )}
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {provider.issuer}
        </Text>
        <Group gap="xs" align="flex-end" wrap="wrap">
          <TextInput label={w.redirect} value={provider.redirect} readOnly onFocus={(event) => event.currentTarget.select()} style={{ flex: '1 1 16rem' }} />
          <CopyButton value={provider.redirect} timeout={3000}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? w.copied : w.copy}</Button>}
          </CopyButton>
        </Group>
        <TextInput label={w.afterLeaving} description={w.afterLeavingHelp} value={new URL('/sign-in', provider.redirect).href} readOnly onFocus={(event) => event.currentTarget.select()} />
        {provider.waitsForOther && <Text size="sm">{w.waitsForOther}</Text>}
        {told !== null && <Alert role="status">{told}</Alert>}
        {refusal !== null && <ErrorNotice error={refusal} />}
        {mayEdit && (
          <Group gap="xs">
            <Button size="xs" loading={pending === 'check'} onClick={() => doing('check', check)} aria-label={w.checkNamed(name)}>
              {w.check}
            </Button>
            {!provider.waitsForOther && (
              <Button size="xs" loading={pending === 'switch'} onClick={() => doing('switch', turn)} aria-label={(enabled ? w.offNamed : w.onNamed)(name)}>
                {enabled ? w.switchOff : w.switchOn}
              </Button>
            )}
            <Button size="xs" onClick={() => setOpen('edit')} aria-label={w.editNamed(name)}>
              {w.edit}
            </Button>
            <Button size="xs" onClick={() => setOpen('remove')} aria-label={w.removeNamed(name)}>
              {w.remove}
            </Button>
          </Group>
        )}
      </Stack>
      <ConfirmDialog
        title={w.removeTitle}
        text={w.removeText(name)}
        yes={w.remove}
        opened={open === 'remove'}
        onClose={() => setOpen(null)}
        run={() => call(removeSignInProvider, { params })}
        onDone={() => onDone(w.removed(name))}
      />
    </Rule>
  );
}

interface Values extends Record<string, unknown> {
  kind: Provider['kind'];
  label: { da: string; en: string };
  issuer: string;
  clientId: string;
  secret: string;
  scope: string;
  idpValues: string;
  subjectClaim: string;
  emailClaim: string;
  companyClaim: string;
  /** One per line. */
  companyNumbers: string;
  strengthClaim: string;
  /** One per line. */
  strengths: string;
}
const valuesOf = ({ kind, label, issuer, clientId, scope, idpValues, subjectClaim, emailClaim, companyClaim, companyNumbers, strengthClaim, strengths }: Provider): Values => ({
  kind,
  label,
  issuer,
  clientId,
  secret: '',
  scope,
  idpValues,
  subjectClaim,
  emailClaim: emailClaim ?? '',
  companyClaim: companyClaim ?? '',
  companyNumbers: companyNumbers.join('\n'),
  strengthClaim,
  strengths: strengths.join('\n'),
});
const empty: Values = {
  kind: 'mitid_erhverv',
  label: { da: 'MitID Erhverv', en: 'MitID Erhverv' },
  issuer: '',
  clientId: '',
  secret: '',
  companyNumbers: '',
  strengths: '',
  ...templates.mitid_erhverv,
};

function EditProvider({ seen, onDone, onClose }: { seen: Provider | null; onDone(said: string): Promise<void>; onClose(): void }) {
  const w = useWords(institutionsWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const on = useServerForm<Values, Provider>({
    initial: seen === null ? empty : valuesOf(seen),
    ...(seen === null ? {} : { edits: { seen, valuesOf } }),
    sentences: {
      scope_cpr_never: w.cprNever,
      subjectClaim_cpr_never: w.cprNever,
      emailClaim_cpr_never: w.cprNever,
      companyClaim_cpr_never: w.cprNever,
      strengthClaim_cpr_never: w.cprNever,
      strengths_format: w.strengthsFormat,
      strengths_too_big: w.strengthsFormat,
      companyNumbers_format: w.cvrFormat,
      issuer_format: w.issuerFormat,
      scope_format: w.scopeFormat,
    },
    async send({ secret, companyNumbers, strengths, ...values }, key, version) {
      const body = {
        ...values,
        emailClaim: values.emailClaim.trim() === '' ? null : values.emailClaim,
        companyClaim: values.companyClaim.trim() === '' ? null : values.companyClaim,
        companyNumbers: companyNumbers.split(/[\s,;]+/).filter((each) => each !== ''),
        strengths: strengths
          .split('\n')
          .map((each) => each.trim())
          .filter((each) => each !== ''),
      };
      if (seen === null) await call(addSignInProvider, { body: { ...body, secret } }, { key });
      else await call(writeSignInProvider, { params: { provider: seen.id }, body: { ...body, secret: secret === '' ? null : secret } }, { version });
      await onDone((seen === null ? w.added : w.saved)(values.label[language]));
    },
  });
  const inWords = (values: Values): Said[] => [
    { label: w.kind, text: w.kinds[values.kind] },
    { label: w.labelDa, text: values.label.da },
    { label: w.labelEn, text: values.label.en },
    { label: w.issuer, text: values.issuer },
    { label: w.clientId, text: values.clientId },
    { label: w.scope, text: values.scope },
    { label: w.idpValues, text: values.idpValues },
    { label: w.subjectClaim, text: values.subjectClaim },
    { label: w.emailClaim, text: values.emailClaim },
    { label: w.companyClaim, text: values.companyClaim },
    { label: w.companyNumbers, text: values.companyNumbers },
    { label: w.strengthClaim, text: values.strengthClaim },
    { label: w.strengths, text: values.strengths },
  ];
  const optional = (label: string) => `${label} ${shared.optional}`;
  const kindField = on.field('kind');
  return (
    <FormBody on={on} notSaved={seen === null ? w.notAdded : w.notSaved} save={seen === null ? w.addSave : w.save} onCancel={onClose} opened wide quiet={seen !== null} inWords={inWords}>
      <NativeSelect
        {...kindField}
        label={w.kind}
        description={w.kindHelp}
        data={kinds.map((value) => ({ value, label: w.kinds[value] }))}
        maw={280}
        onChange={(event) => {
          const kind = event.currentTarget.value as Provider['kind'];
          on.form.setValues({ kind, ...templates[kind], ...(kind === 'other' ? {} : { label: { da: w.kinds[kind], en: w.kinds[kind] } }) } as Partial<Values>);
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        <TextInput {...on.field('label.da')} label={w.labelDa} autoComplete="off" lang="da" />
        <TextInput {...on.field('label.en')} label={w.labelEn} autoComplete="off" lang="en" />
      </SimpleGrid>
      <TextInput {...on.field('issuer')} label={w.issuer} description={w.issuerHelp} type="url" inputMode="url" autoComplete="off" />
      <TextInput {...on.field('clientId')} label={w.clientId} autoComplete="off" />
      <PasswordInput
        {...on.field('secret')}
        label={w.secret}
        description={seen === null ? w.secretHelp : w.secretKept}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': w.showSecret }}
      />
      <Title order={3}>{w.mapping}</Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        <TextInput {...on.field('scope')} label={w.scope} autoComplete="off" />
        <TextInput {...on.field('idpValues')} label={optional(w.idpValues)} autoComplete="off" />
        <TextInput {...on.field('subjectClaim')} label={w.subjectClaim} description={w.subjectHelp} autoComplete="off" />
        <TextInput {...on.field('emailClaim')} label={optional(w.emailClaim)} description={w.emailHelp} autoComplete="off" />
        <TextInput {...on.field('companyClaim')} label={optional(w.companyClaim)} autoComplete="off" />
        <Textarea {...on.field('companyNumbers')} label={optional(w.companyNumbers)} description={w.companyHelp} autosize minRows={2} autoComplete="off" />
      </SimpleGrid>
      <Title order={3}>{w.strengthTitle}</Title>
      <TextInput {...on.field('strengthClaim')} label={w.strengthClaim} description={w.strengthClaimHelp} autoComplete="off" maw={280} />
      <Textarea {...on.field('strengths')} label={optional(w.strengths)} description={w.strengthsHelp} autosize minRows={2} autoComplete="off" spellCheck={false} />
      <div>
        <Button size="xs" onClick={() => on.form.setValues({ strengths: nsisStrengths.join('\n') } as Partial<Values>)}>
          {w.nsis}
        </Button>
      </div>
    </FormBody>
  );
}
