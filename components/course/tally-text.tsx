import type { Tally } from '../../curriculum/tally.ts'
import { useTallyWords } from './use-tally-words.ts'

/** Progress in one line of words. */
export function TallyText({ tally }: { readonly tally: Tally }) {
  return useTallyWords(tally)
    .map(({ name, text }) => `${name} ${text}`)
    .join(', ')
}
