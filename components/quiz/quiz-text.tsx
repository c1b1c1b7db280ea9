import type { QuizView } from '../../curriculum/types.ts'
import { InlineText } from '../ui/inline-text.tsx'

/** Every question of a quiz with what there is to choose from, to be read where scripts do not run. */
export function QuizText({ questions }: Pick<QuizView, 'questions'>) {
  return (
    <ol className="list-decimal space-y-6 pl-6">
      {questions.map((question) => (
        <li key={question.id}>
          <p className="font-semibold">
            <InlineText text={question.prompt} />
          </p>
          {question.code && (
            <pre className="mt-2 overflow-x-auto rounded-lg border border-line bg-surface px-4 py-3 text-[0.875rem] leading-6">
              {question.code.text}
            </pre>
          )}
          <ul className="mt-2 list-disc space-y-1 pl-5">
            {('options' in question ? question.options : 'items' in question ? question.items : []).map(
              ({ id, text }) => (
                <li key={id}>
                  <InlineText text={text} />
                </li>
              ),
            )}
          </ul>
        </li>
      ))}
    </ol>
  )
}
