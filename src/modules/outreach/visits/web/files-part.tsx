import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { v4 } from 'uuid';
import { call } from '../../../../ui/client.ts';
import { fileSize } from '../../../../ui/figures.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { type Draft, removeVisitFile } from '../contract.ts';
import { phoneWords } from '../words.ts';
import { useOwner } from './answer.tsx';
import { carrySoon, reaching } from './courier.tsx';
import { changeKept, dropFile, filesOf, type KeptFile, keepFile, onDraft } from './device.tsx';

const most = 10;
const mostBytes = 10_485_760;

interface Props {
  draft: string;
  there: Draft['files'];
  /** Files lie with a draft, so there has to be one. */
  begin(): Promise<unknown>;
}

/** Photographs and papers: they stay on the device until there is coverage, and go before the report. */
export function FilesPart({ draft, there, begin }: Props) {
  const w = useWords(phoneWords);
  const { language } = useLanguage();
  const owner = useOwner();
  const problemText = useProblemText();
  const [here, setHere] = useState<KeptFile[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  const look = useCallback(() => filesOf(owner, draft).then(setHere), [owner, draft]);
  useEffect(() => {
    look();
    return onDraft((id) => id === draft && void look());
  }, [look, draft]);
  const add = async (chosen: File[]) => {
    setSaid(null);
    await begin();
    let room = most - here.length - there.length;
    for (const file of chosen) {
      if (file.size > mostBytes) setSaid(w.fileTooBig(file.name));
      else if (room <= 0) setSaid(w.tooManyFiles);
      else {
        room -= 1;
        await keepFile({ owner, draft, id: v4(), file, tried: false });
      }
    }
    carrySoon();
  };
  const take = (file: Draft['files'][number]) =>
    reaching(call(removeVisitFile, { params: { file: file.id } })).then(
      () => changeKept(owner, draft, (now) => now && { ...now, files: now.files.filter(({ id }) => id !== file.id) }),
      (error: unknown) => setSaid(problemText(error)),
    );
  const shown = [
    ...there.map((file) => ({ key: file.id, name: file.name, bytes: file.bytes, state: w.fileThere, remove: () => void take(file) })),
    ...here.map((kept) => ({ key: kept.id, name: kept.file.name, bytes: kept.file.size, state: w.fileHere, remove: () => void dropFile(kept) })),
  ];
  return (
    <section>
      <h2>{w.files}</h2>
      <p className="small" id="files-help">
        {w.filesHelp}
      </p>
      <ul className="kept-files">
        {shown.map((file) => (
          <li key={file.key}>
            <span>
              {file.name}
              <span className="small">{`${fileSize(language, file.bytes)} · ${file.state}`}</span>
            </span>
            <button type="button" className="icon" aria-label={w.removeFile(file.name)} onClick={file.remove}>
              <IconX size={20} stroke={1.75} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {said !== null && <p role="alert">{said}</p>}
      <label className="button wide choose">
        <IconPaperclip size={20} stroke={1.75} aria-hidden="true" />
        {w.addFiles}
        <input
          type="file"
          multiple
          aria-describedby="files-help"
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </label>
    </section>
  );
}
