import { useWords } from '../../../../ui/language.tsx';
import type { Counted } from '../contract.ts';
import { wishPublicWords } from '../words.ts';
import { useTopicName } from './topic-name.tsx';

/** What may be shown, the most wished first. */
export function Counts({ result, own }: { result: Counted; own: readonly string[] }) {
  const w = useWords(wishPublicWords);
  const nameOf = useTopicName(own);
  if (result.answers === null) return <p>{w.tooFew(result.threshold)}</p>;
  return (
    <>
      <p className="big">{w.answered(result.answers)}</p>
      <table className="counts">
        <thead>
          <tr>
            <th scope="col">{w.topic}</th>
            <th scope="col">{w.atLeast}</th>
          </tr>
        </thead>
        <tbody>
          {[...result.counts]
            .sort((a, b) => (b.atLeast ?? 0) - (a.atLeast ?? 0))
            .map(({ topic, atLeast }) => (
              <tr key={topic}>
                <th scope="row">{nameOf(topic)}</th>
                <td>{atLeast ?? <span title={w.hidden}>–</span>}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p>{w.footnote(result.threshold)}</p>
    </>
  );
}
