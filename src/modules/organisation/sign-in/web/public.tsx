import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { confirmMyself, type OwnSession, requestSignIn } from '../contract.ts';
import { levelOf } from '../rules.ts';
import { confirmWords, wayWords } from '../words.ts';

interface Props {
  email: string;
  /** What was held back may be done now. */
  onConfirmed(): void;
  onClose(): void;
}

/** Asks for a new code by mail, where something may only be done by somebody who has just shown who it is. */
export function ConfirmMyself({ email, onConfirmed, onClose }: Props) {
  const w = useWords(confirmWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const [sent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const on = useServerForm({
    initial: { code: '' },
    async send({ code }) {
      await call(confirmMyself, { body: { email, code } });
      onConfirmed();
    },
  });
  return (
    <Stack gap="sm" maw={480} role="group" aria-labelledby="confirm-myself">
      <Title order={3} id="confirm-myself">
        {w.title}
      </Title>
      <Text role="status">{sent ? w.sent(email) : w.lead(email)}</Text>
      {refusal !== null && <ErrorNotice error={refusal} />}
      {sent ? (
        <FormBody on={on} notSaved={w.notConfirmed} save={w.go} onCancel={onClose} opened>
          <TextInput {...on.field('code')} label={w.code} inputMode="numeric" autoComplete="one-time-code" maxLength={9} maw={200} />
        </FormBody>
      ) : (
        <div>
          <Button onClick={() => call(requestSignIn, { body: { email, language } }).then(() => setSent(true), setRefusal)}>{w.send}</Button>
          <Button variant="subtle" onClick={onClose}>
            {shared.cancel}
          </Button>
        </div>
      )}
    </Stack>
  );
}

/** Says by which way a session began, and how strong the institution's login was: "MitID Erhverv · Betydelig". */
export function useCameBy(): (session: OwnSession) => string {
  const w = useWords(wayWords);
  const { language } = useLanguage();
  return ({ way, login, strength }) => {
    const level = strength === null ? null : levelOf(strength);
    return [login?.[language] ?? w.ways[way], level === null ? strength : w.levels[level]].filter(Boolean).join(' · ');
  };
}
