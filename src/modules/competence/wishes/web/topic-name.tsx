import { useWords } from '../../../../ui/language.tsx';
import { type AnswerCode, ownCodes, type Topic } from '../rules.ts';
import { wishTopicWords } from '../words.ts';

/** A topic in words; an own one in the company's. */
export function useTopicName(own: readonly string[]): (topic: AnswerCode) => string {
  const { topics } = useWords(wishTopicWords);
  return (topic) => own[(ownCodes as readonly string[]).indexOf(topic)] ?? topics[topic as Topic] ?? '';
}
